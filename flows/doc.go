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
//	parts: 2                       # longest SMS of any of its texts, in parts (default 2)
//	silence:                       # played when the talk timed out in this flow: its says are not sent
//	  - do: difficulty.record
//	    with: {text: "text"}
//	steps:
//	  - ask: commodity             # the kind of answer; its id is `save` unless `id` is given
//	    save: crop
//	    unless: input.commodities  # any step may carry if/unless: an expression
//	    text: {vi: "Anh chị gặp khó với cây, con gì?", en: "Which crop or animal?"}
//	    again: {vi: …, en: …}      # put when the answer was not understood (default: text)
//	    skip: true                 # BỎ QUA is an answer: the variable stays null
//	  - ask: choice
//	    save: kind
//	    options: {from: links}     # of Host.Options, or a list written here:
//	    # options: [{value: yes, text: {vi: phải, en: yes}}, …]
//	    inline: true               # the text names the options itself: no numbered list is added on SMS
//	  - when: [{if: "kind == 'selling'", then: [ …steps… ]}]
//	    else: [ …steps… ]
//	  - each: round.items          # a list; steps inside may ask
//	    as: item
//	    steps: [ … ]
//	  - do: difficulty.record      # an action of the Host, with typed arguments
//	    with: {crop: crop, kind: kind, text: input.text}   # values are expressions
//	    save: receipt              # what it returned
//	  - call: consent              # another flow; its `end` value is saved
//	    with: {for: "'difficulty'"}
//	    save: agreed
//	  - say: {vi: "Đã ghi. Mã {receipt.code}.", en: "Noted. Code {receipt.code}."}
//	  - end: "'done'"              # ends this flow, with a value for the caller
//
// Expressions (expr-lang) see the flow's variables, `args` (what it was
// called with), `input` (the reading that started it or answered last, by its
// JSON names, plus `input.text`, `input.args`, `input.media`), the host's facts
// (`contact`, `round`, `commune`, `group`) and, inside `each`, the loop's
// variable and `index` (from 1). Unknown names are null, so `unless:
// input.commodities` holds for a missing, null, empty or zero value.
//
// Texts hold `{expression}`; integers are grouped by the language
// (101.800 / 101,800), lists joined with ", ", null is nothing. `{{` is a brace.
// The says of one turn, up to and including an ask, make one reply, joined by
// a space on SMS and a new line in chats; a text that starts with "~" is glued
// to the one before.
//
// # Asks
//
// Kinds: choice, yes_no, text, number, price, ballot, ranking, commodity,
// village, phone, date, media. The saved value is a string (choice: the
// option's value; commodity, village: ids; text; phone; date; media),
// a bool (yes_no), an int64 (number, price), or for ballot and ranking the
// reading's fields as Values.
//
// # What the engine does with an input
//
//  1. Stop, erase: at any moment the flow that starts with that intent begins
//     and the talk before it is dropped.
//  2. An open ask takes it, if it reads as an answer of its kind.
//  3. BACK asks the previous question of the flow again; SKIP skips where it
//     may; EXIT ends the talk; HELP is served and the question asked again.
//  4. A clear other wish (confidence ≥ 0.7 and another flow starts with it) is
//     served, and the open question asked again after it.
//  5. Otherwise the ask is put again (`again`); the third time in a row the
//     flow `lost` is played, and the talk ends.
//
// With no talk open, the reading's intent, a keyword or a button starts a
// flow, and when none does the flow `lost`. A second wish of the same message
// (input.also) is not played; `lost` and others may name it.
//
// In a group (Input.Group) a talk is one-shot: at the first ask the engine
// says the flow's `private` text, else the library's `private` flow is
// played, and no state is kept.
package flows
