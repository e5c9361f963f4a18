-- +goose Up

-- What officers add to the language of their commune. forms is a list.
CREATE TABLE words (
  seq     INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  area    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  meaning TEXT NOT NULL,
  forms   TEXT NOT NULL,
  by      TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX words_area ON words (area, at);

-- What a message really meant, as an officer says; the latest word on it.
CREATE TABLE corrections (
  message BLOB PRIMARY KEY,
  area    TEXT NOT NULL,
  contact BLOB NOT NULL REFERENCES contacts (id), -- who said it
  intent  TEXT NOT NULL,
  slots   TEXT NOT NULL,
  note    TEXT NOT NULL,
  by      TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_area ON corrections (area, at);
CREATE INDEX corrections_contact ON corrections (contact);

-- +goose Down
DROP TABLE corrections;
DROP TABLE words;
