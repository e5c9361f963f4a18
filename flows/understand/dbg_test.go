package understand
import ("testing";"os";"fmt")
func TestDbg(t *testing.T){
 if os.Getenv("DBG")=="" {t.Skip()}
 l:=compiled(t)
 var ls []lesson
 for f, rows := range loadRows(t, "/tmp/msgs/d?.tsv,/tmp/msgs/train/*.tsv") { for _, r := range rows { if f==os.Getenv("HOLD") {continue}; x,_:=l.lessonOf(r.text,r.intent); ls=append(ls,x)} }
 l.evidence=learn(ls)
 r,n:=l.Explain(os.Getenv("DBG"),Context{})
 fmt.Printf("%+v\n%v\n",r,n)
}
