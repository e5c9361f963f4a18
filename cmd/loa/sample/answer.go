package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// officer is who answers in the sample.
const officer = "canbo"

// Answer lets the officers answer most of what is older than a day; what is
// left shows a new user what waiting looks like.
func (f *Founder) Answer(ctx context.Context) error {
	r := f.source(5)
	told, err := f.Store.Concerns(ctx, planning.ConcernQuery{Area: Code})
	if err != nil {
		return err
	}
	var sent []storage.Message
	for _, c := range told { // newest first
		at := c.At.Add(time.Duration(5+r.IntN(36)) * time.Hour)
		text := reply(r, c)
		if at.After(f.Now.Add(-time.Hour)) || r.IntN(100) < 4 {
			continue
		}
		if err := f.Store.AnswerConcern(ctx, Code, c.ID, text, officer, at, nil); err != nil {
			return fmt.Errorf("sample: answering %s: %w", c.Code, err)
		}
		sent = append(sent, f.said(c, text, at))
	}
	return f.Store.Enqueue(ctx, sent)
}

func reply(r *rand.Rand, c planning.Concern) string {
	of := string(c.Kind)
	if c.Kind == planning.Difficulty {
		of = string(c.Link)
	}
	if answers[of] == nil {
		of = string(planning.OtherLink)
	}
	return pick(r, answers[of])
}

// said is the answer in the person's thread, as it went out then.
func (f *Founder) said(c planning.Concern, text string, at time.Time) storage.Message {
	m := storage.Message{
		ID: f.NewID(), Area: Code, Channel: c.Channel, Contact: c.Contact, Direction: storage.Out, ReplyTo: c.Message,
		Text: text, At: at, Due: at, SentAt: at, Purpose: "officer", Status: storage.Sent, Author: officer,
	}
	if c.Channel == phone.SMS {
		m.Text = sms.Unmarked(text)
		m.Parts = sms.Measure(m.Text).Parts
	}
	return m
}
