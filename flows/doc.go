// Package flows plays conversations that are written as data. A flow is a
// YAML file: an id, what starts it, steps, texts in every shipped language.
// The engine takes a state and one input and gives a new state and replies;
// it has no I/O, no clock and no randomness of its own: what it needs of the
// outside it asks of a Host.
//
// # A flow
//
//	id: difficulty                 # unique in the library
//	title: {vi: Báo khó khăn, en: Report a difficulty}
//	starts:                        # what starts it; a flow without starts is only called
//	  intents: [difficulty]        # readings that start it
//	  keywords: [kk, kho khan]     # folded first words that start it whatever was read
//	  buttons: [difficulty]        # button payloads "difficulty:arg:arg" (args in input.args)
//	  asks: [huy, dung]            # readings that want this question put first (their `ask`)
//	  media: true                  # a picture or voice without words
//	  if: round.open               # it starts only when this holds
//	  rank: 5                      # of several that may start the smallest is taken (default 10;
//	                               # at the same rank one with `if` first, then by id)
//	parts: 2                       # longest SMS of any of its texts, in parts (default 2)
//	samples: {"receipt.code": 7K2F}  # what Check measures a placeholder with (see Check)
//	private: {vi: …, en: …}        # said in a group in place of a question
//	silence:                       # played when the talk timed out in this flow: its says are not sent
//	  - do: difficulty.record
//	    with: {text: "text"}
//	steps:
//	  - ask: commodity             # the kind of answer; its id is `save` unless `id` is given
//	    save: crop
//	    unless: input.commodities  # any step may carry if/unless: an expression
//	    from: contact.crop         # a value here (neither null nor empty) is the answer: not asked
//	    text: {vi: "Anh chị gặp khó với cây, con gì?", en: "Which crop or animal?"}
//	    again: {vi: …, en: …}      # put when the answer was not understood (default: text)
//	    resume: {vi: …, en: …}     # put when another wish was served meanwhile (default: text)
//	    skip: true                 # BỎ QUA is an answer: the variable stays null
//	    sure: word                 # yes_no: a yes is not a word alone that may mean something else (dung);
//	                               # number: it is 1, the button, or the wish itself in a word (XÓA)
//	  - ask: choice
//	    save: kind
//	    options: {from: links}     # of Host.Options, or a list written here:
//	    # options: {from: commodities, only: input.ambiguous}    # these values of it, in this order
//	    # options: [{value: yes, text: {vi: phải, en: yes}}, …]
//	    inline: true               # the text names the options itself: no numbered list is added on SMS
//	  - ask: text
//	    save: words
//	    greedy: true               # takes everything but stop, erase, exit, skip, back, help alone
//	    text: {vi: "Anh chị kể rõ giúp?", en: "Please tell more."}
//	  - when: [{if: "kind == 'selling'", then: [ …steps… ]}]
//	    else: [ …steps… ]
//	  - each: round.items          # a list; steps inside may ask
//	    as: item
//	    steps: [ … ]
//	  - set: {first: "input.commodities[0]"}   # variables
//	  - do: difficulty.record      # an action of the Host, with typed arguments
//	    with: {crop: crop, kind: kind, text: input.text}   # values are expressions
//	    save: receipt              # what it returned
//	  - call: consent              # another flow; its `end` value is saved
//	    with: {for: "'difficulty'"}
//	    save: agreed
//	  - say: {vi: "Đã ghi. Mã {receipt.code}.", en: "Noted. Code {receipt.code}."}
//	    buttons: [{value: "officer:{receipt.code}", text: {vi: Gọi cán bộ, en: Call an officer}}]
//	    # toast: true              # answers a button press, unseen by others (else an ordinary say)
//	  - end: "'done'"              # ends this flow, with a value for the caller
//
// A text that is the same in every language may be written as one string:
// say: "{card.text}". Steps of `silence` ask nothing.
//
// Expressions (expr-lang) see the flow's variables, `args` (what it was
// called with), `input` (the reading that started it, or of the last answer in
// free words: asks of kind text, name, ballot, ranking and media; by its JSON
// names, but that of Rest is `unsaid`, plus `input.text`, `input.args`, `input.media`, and `input.rest`, the text
// after the keyword that started the flow), `answer` (the reading of this
// turn, whatever it answered), the host's facts (`contact`, `round`,
// `commune`, `group`), `lang`, `now`, `code` (a new code each time it is
// named) and, inside `each`, the loop's variable and `index` (from 1). A
// called flow begins with the `input` of its caller, and an answer given there
// does not change the caller's.
//
// Unknown names and whatever is looked for inside null are null, so `unless:
// input.commodities` holds for a missing, null, empty or zero value; so do
// `and`, `or`, `not` and `? :`. A comparison with null by <, >, <=, >= is
// false, arithmetic with null is null, a list that is null is empty.
//
// Of expr-lang's functions int, float, string, join, keys and values are our
// own: int('x') is null, string(null) is nothing, join(list) puts ", " between,
// keys come in order. There are no now(), toPairs() and methods.
//
// Texts hold `{expression}`; integers are grouped by the language
// (101.800 / 101,800; write {string(year)} where that is unwanted), lists
// joined with ", ", times are dates (22/11/2026, 22 November 2026), null is nothing. `{{` and
// `}}` are braces. The says of one turn, up to and including an ask, make one
// reply, joined by a space on SMS and a new line in chats; a text that starts
// with "~" is glued to the one before (see Join).
//
// # Asks
//
// Kinds: choice, yes_no, text, name, number, price, ballot, ranking, commodity,
// village, phone, date, media. The saved value is a string (choice: the
// option's value; commodity, village: ids; text; name; phone; date; media),
// a bool (yes_no), an int64 (number, price), or for ballot and ranking the
// reading's fields as Values (ballot, stance, item, priority, reasons,
// doubtful; what was not said is null). A bare "D" or "K" answers a ballot too:
// the stance without an item is that of the item which was shown, and so does
// an item alone ("2", "mục 2"): the item without a stance.
//
// A yes_no is answered by a yes or no and by nothing that names an item or is
// doubtful. A name is whatever Host.Read, told ExpectName, reads as no wish.
//
// A yes_no may carry written options with the values yes and no: they are its
// buttons. Any ask but a choice may carry options as shortcuts. A commodity
// or village that could be several is asked back among these: labels come from
// the ask's options or else from the list "commodities" or "villages".
//
// # What the engine does with an input
//
//  1. Stop, erase: at any moment the flow that starts with that intent begins
//     and the talk before it is dropped.
//  2. An open ask takes it, if it reads as an answer of its kind. An answer
//     that is also a clear other wish is the wish, unless the reading says
//     Choice or the intent that such an answer has (a ballot: vote, …). A
//     text takes whatever is not a clear other wish; a keyword is one only if
//     it is all that was said. A wish for the very flow that asks is an answer
//     too, where it reads as one and is no ballot.
//  3. BACK asks the previous question of the flow again; SKIP skips where it
//     may; EXIT ends the talk (the flow that starts with exit is played);
//     HELP is served and the question asked again. After BACK, what was done
//     since is done again.
//  4. A clear other wish (confidence ≥ 0.7, a keyword, a button, a question of
//     `asks`, and another flow starts with it) is served, and the open
//     question asked again after it, in the same reply, if its own conditions
//     still hold. Where the new talk asks the very same question, the one
//     below ends as with silence. It is asked again once: when a second wish comes in between (but
//     help and presses), the talk ends as with silence. The same wish again
//     lets the flow begin afresh; a button of the same flow does so only if
//     what it starts asks something.
//  5. Otherwise the ask is put again (`again`); the third time in a row the
//     talk ends as with silence and the flow `lost` is played.
//
// With no talk open, the reading's intent, a keyword or a button starts a
// flow, and when none does the flow `lost`. A second wish of the same message
// (input.also) is not played; `lost` and others may name it.
//
// A button "opt:ID:VALUE" answers the open ask whose Reply.Ask is ID, "opt:ID:"
// skips it where it may be skipped; one
// that answers nothing open plays the flow `stale`, and the open question is
// asked again.
//
// In a group (Input.Group) a talk is one-shot: at the first ask the engine
// says the flow's `private` text, else the library's `private` flow is
// played, and no state is kept (that of a private talk is handed back as it
// was). What starts nothing gets no reply there.
//
// When silence ends a talk, the `silence` of each of its flows is played, the
// innermost first.
//
// # State
//
// When a flow was changed while someone is in it, the ask of the same id and
// kind goes on; when there is none, the flow begins again with what was
// answered kept: an ask, do or call outside `each` that has its value is
// passed over. A state that cannot be read is no talk.
//
// # Other languages
//
// NAME.LANG.yaml holds another language's words for NAME.yaml, by the
// Vietnamese (else the only) text, with the same placeholders:
//
//	words:
//	  "Đã ghi. Mã {receipt.code}.": "…"
package flows
