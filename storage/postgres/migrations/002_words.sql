-- +goose Up

-- What officers add to the language of their commune.
CREATE TABLE words (
  id      uuid PRIMARY KEY,
  area    text NOT NULL,
  kind    text NOT NULL,
  meaning text NOT NULL,
  forms   text[] NOT NULL,
  by      text NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX words_area ON words (area, at);

-- What a message really meant, as an officer says; the latest word on it.
CREATE TABLE corrections (
  message uuid PRIMARY KEY,
  area    text NOT NULL,
  contact uuid NOT NULL, -- who said it
  intent  text NOT NULL,
  slots   text NOT NULL,
  note    text NOT NULL,
  by      text NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX corrections_area ON corrections (area, at);
CREATE INDEX corrections_contact ON corrections (contact);

-- +goose Down
DROP TABLE corrections;
DROP TABLE words;
