-- +goose Up

-- Conventions. Ids are 16 bytes, instants are microseconds since 1970 in UTC,
-- days are text that sorts, lists and settings are JSON. NULL stands for the
-- zero value of an id or instant. Every record carries its area. seq is the
-- order in which rows came; folded is a text without case and marks, for
-- searching.

-- The world.

CREATE TABLE communes (
  code     TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  province TEXT NOT NULL,
  sample   INTEGER NOT NULL,
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE channels (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  area    TEXT NOT NULL,
  account TEXT NOT NULL,
  secret  TEXT NOT NULL -- the name of the credentials, never the credentials
) STRICT;

CREATE TABLE tie_codes (
  area    TEXT NOT NULL,
  code    TEXT NOT NULL,
  village TEXT NOT NULL,
  officer TEXT NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (area, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  seq  INTEGER PRIMARY KEY,
  id   BLOB NOT NULL,
  area TEXT NOT NULL,
  kind TEXT NOT NULL,
  at   INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_at ON changes (at);

CREATE TABLE leases (
  name   TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until  INTEGER NOT NULL
) STRICT;

-- People.

CREATE TABLE villages (
  area    TEXT NOT NULL,
  code    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  aliases TEXT NOT NULL,
  rank    INTEGER NOT NULL,
  PRIMARY KEY (area, code)
) STRICT;

CREATE TABLE households (
  seq         INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE,
  area        TEXT NOT NULL,
  village     TEXT NOT NULL,
  number      TEXT NOT NULL,
  head        TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  poor        INTEGER NOT NULL,
  version     INTEGER NOT NULL
) STRICT;
CREATE INDEX households_village ON households (area, village, provisional);

CREATE TABLE contacts (
  seq          INTEGER PRIMARY KEY,
  id           BLOB NOT NULL UNIQUE,
  area         TEXT NOT NULL,
  hash         BLOB NOT NULL UNIQUE,
  sealed       BLOB,
  mask         TEXT NOT NULL,
  channel      TEXT NOT NULL,
  lang         TEXT NOT NULL,
  marks        INTEGER NOT NULL,
  name         TEXT NOT NULL,
  folded       TEXT NOT NULL,
  village      TEXT NOT NULL,
  household    BLOB,
  consent_at   INTEGER,
  consent_text TEXT NOT NULL,
  stopped_at   INTEGER,
  created_at   INTEGER,
  heard_at     INTEGER,
  erased       INTEGER NOT NULL,
  version      INTEGER NOT NULL
) STRICT;
CREATE INDEX contacts_area ON contacts (area, village);
CREATE INDEX contacts_household ON contacts (household) WHERE household IS NOT NULL;

CREATE TABLE sessions (
  contact BLOB PRIMARY KEY REFERENCES contacts (id),
  state   BLOB,
  expires INTEGER,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_expires ON sessions (expires) WHERE expires IS NOT NULL;

CREATE TABLE consents (
  seq     INTEGER PRIMARY KEY,
  contact BLOB NOT NULL REFERENCES contacts (id),
  area    TEXT NOT NULL,
  given   INTEGER NOT NULL,
  text    TEXT NOT NULL,
  message BLOB,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_contact ON consents (contact, at);

CREATE TABLE groups (
  id      BLOB PRIMARY KEY,
  area    TEXT NOT NULL,
  channel TEXT NOT NULL,
  hash    BLOB NOT NULL UNIQUE,
  sealed  BLOB,
  mask    TEXT NOT NULL,
  title   TEXT NOT NULL,
  village TEXT NOT NULL,
  tied_at INTEGER,
  tied_by TEXT NOT NULL
) STRICT;
CREATE INDEX groups_area ON groups (area);

-- Messages: the log, and the outbox in it. peer is who an outbound message
-- waits in line for: its group, else its contact. class is 0 for a reply and
-- 1 for all else. next is when an unsent row may be claimed: when it is due,
-- or when its lease is over.

CREATE TABLE messages (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  area      TEXT NOT NULL,
  channel   TEXT NOT NULL,
  contact   BLOB REFERENCES contacts (id),
  chat      BLOB, -- the group
  peer      BLOB,
  direction TEXT NOT NULL,
  external  TEXT NOT NULL,
  reply_to  BLOB,
  text      TEXT NOT NULL,
  folded    TEXT NOT NULL,
  buttons   BLOB,
  media     BLOB,
  reading   BLOB,
  at        INTEGER NOT NULL,
  purpose   TEXT NOT NULL,
  class     INTEGER NOT NULL,
  status    TEXT NOT NULL,
  due       INTEGER,
  lease     INTEGER,
  next      INTEGER,
  attempts  INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  parts     INTEGER NOT NULL,
  sent_at   INTEGER,
  author    TEXT NOT NULL,
  to_sealed BLOB -- where to, for the last reply to someone whose address is gone
) STRICT;
CREATE UNIQUE INDEX messages_inbound ON messages (channel, external) WHERE direction = 'in' AND external <> '';
CREATE INDEX messages_outbound ON messages (channel, external) WHERE direction = 'out' AND external <> '';
CREATE INDEX messages_reply_to ON messages (reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX messages_contact ON messages (contact, at);
CREATE INDEX messages_area ON messages (area, at);
CREATE INDEX messages_failed ON messages (area, at) WHERE status = 'failed';
CREATE INDEX messages_broadcasts ON messages (peer, sent_at) WHERE purpose = 'broadcast' AND sent_at IS NOT NULL;
CREATE INDEX outbox_next ON messages (channel, class, next, seq) WHERE status IN ('queued', 'handed', 'sending');
CREATE INDEX outbox_peer ON messages (peer, channel, class, seq) WHERE status IN ('queued', 'handed', 'sending');

CREATE TABLE parked (
  seq     INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  area    TEXT NOT NULL,
  channel TEXT NOT NULL,
  sealed  BLOB,
  error   TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX parked_area ON parked (area, at);

-- The market.

CREATE TABLE commodities (
  seq     INTEGER PRIMARY KEY, -- the order in which they were first saved
  area    TEXT NOT NULL,
  id      TEXT NOT NULL,
  name    TEXT NOT NULL,
  name_en TEXT NOT NULL,
  unit    TEXT NOT NULL,
  min     INTEGER NOT NULL,
  max     INTEGER NOT NULL,
  grades  TEXT NOT NULL,
  aliases TEXT NOT NULL,
  input   INTEGER NOT NULL,
  UNIQUE (area, id)
) STRICT;

CREATE TABLE places (
  area    TEXT NOT NULL,
  id      TEXT NOT NULL,
  name    TEXT NOT NULL,
  aliases TEXT NOT NULL,
  rank    INTEGER NOT NULL,
  PRIMARY KEY (area, id)
) STRICT;

CREATE TABLE prices (
  seq        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE,
  area       TEXT NOT NULL,
  commodity  TEXT NOT NULL,
  grade      TEXT NOT NULL,
  market     TEXT NOT NULL,
  amount     INTEGER NOT NULL,
  unit       TEXT NOT NULL,
  day        TEXT NOT NULL,
  source     TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  entered_by TEXT NOT NULL,
  replaces   BLOB UNIQUE,
  replaced   INTEGER NOT NULL,
  note       TEXT NOT NULL
) STRICT;
CREATE INDEX prices_day ON prices (area, day);
CREATE INDEX prices_commodity ON prices (area, commodity, day);

CREATE TABLE reports (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  area      TEXT NOT NULL,
  contact   BLOB,
  message   BLOB,
  village   TEXT NOT NULL,
  commodity TEXT NOT NULL,
  grade     TEXT NOT NULL,
  market    TEXT NOT NULL,
  amount    INTEGER NOT NULL,
  unit      TEXT NOT NULL,
  day       TEXT NOT NULL,
  at        INTEGER NOT NULL,
  held      INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_day ON reports (area, day);

-- The plan.

CREATE TABLE items (
  area      TEXT NOT NULL,
  code      TEXT NOT NULL,
  year      INTEGER NOT NULL,
  title     TEXT NOT NULL,
  title_en  TEXT NOT NULL,
  short     TEXT NOT NULL,
  short_en  TEXT NOT NULL,
  detail    TEXT NOT NULL,
  detail_en TEXT NOT NULL,
  place     TEXT NOT NULL,
  village   TEXT NOT NULL,
  unit      TEXT NOT NULL,
  quantity  TEXT NOT NULL,
  funding   TEXT NOT NULL,
  time      TEXT NOT NULL,
  owner     TEXT NOT NULL,
  chain     TEXT NOT NULL,
  withdrawn INTEGER NOT NULL,
  PRIMARY KEY (area, code)
) STRICT;

CREATE TABLE rounds (
  id       BLOB PRIMARY KEY,
  area     TEXT NOT NULL,
  number   INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  title    TEXT NOT NULL,
  opens    INTEGER NOT NULL,
  closes   INTEGER NOT NULL,
  villages TEXT NOT NULL,
  decision TEXT NOT NULL,
  UNIQUE (area, number)
) STRICT;

CREATE TABLE round_items (
  round    BLOB NOT NULL REFERENCES rounds (id),
  position INTEGER NOT NULL,
  item     TEXT NOT NULL,
  PRIMARY KEY (round, position),
  UNIQUE (round, item)
) STRICT, WITHOUT ROWID;

-- Every voice ever given; the current one of a household on an item is in
-- current_voices. Its cell is what a tally groups by, in one piece, so that
-- counting a round reads one stretch of one index and compares one column.
CREATE TABLE voices (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  area      TEXT NOT NULL,
  round     BLOB NOT NULL,
  item      TEXT NOT NULL,
  household BLOB NOT NULL,
  contact   BLOB,
  village   TEXT NOT NULL,
  channel   TEXT NOT NULL,
  stance    TEXT NOT NULL,
  receipt   TEXT NOT NULL,
  message   BLOB,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX voices_round ON voices (round, at);
CREATE INDEX voices_household ON voices (household);

CREATE TABLE current_voices (
  round       BLOB NOT NULL,
  household   BLOB NOT NULL,
  item        TEXT NOT NULL,
  voice       INTEGER NOT NULL, -- voices.seq
  village     TEXT NOT NULL,
  channel     TEXT NOT NULL,
  stance      TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  cell        TEXT NOT NULL, -- item, village, channel, stance and provisional, with char(31) between
  PRIMARY KEY (round, household, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX current_voices_tally ON current_voices (round, cell);

-- The latest of a household's current voices, one row a household.
CREATE TABLE heard (
  round       BLOB NOT NULL,
  household   BLOB NOT NULL,
  village     TEXT NOT NULL,
  channel     TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  PRIMARY KEY (round, household)
) STRICT, WITHOUT ROWID;

CREATE TABLE priorities (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  area      TEXT NOT NULL,
  round     BLOB NOT NULL,
  household BLOB NOT NULL,
  contact   BLOB,
  village   TEXT NOT NULL,
  channel   TEXT NOT NULL,
  items     TEXT NOT NULL,
  receipt   TEXT NOT NULL,
  message   BLOB,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX priorities_household ON priorities (household);

-- The current list of a household, one row an item; place 0 is the most wanted.
CREATE TABLE current_priorities (
  round       BLOB NOT NULL,
  household   BLOB NOT NULL,
  item        TEXT NOT NULL,
  place       INTEGER NOT NULL,
  priority    INTEGER NOT NULL, -- priorities.seq
  village     TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (round, household, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX current_priorities_tally ON current_priorities (round, item, village, provisional, place);

CREATE TABLE concerns (
  seq         INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  area        TEXT NOT NULL,
  code        TEXT NOT NULL,
  contact     BLOB REFERENCES contacts (id),
  household   BLOB,
  village     TEXT NOT NULL,
  channel     TEXT NOT NULL,
  text        TEXT NOT NULL,
  folded      TEXT NOT NULL,
  commodity   TEXT NOT NULL,
  link        TEXT NOT NULL,
  severity    TEXT NOT NULL,
  round       BLOB,
  item        TEXT NOT NULL,
  message     BLOB,
  at          INTEGER NOT NULL,
  due         INTEGER,
  answer      TEXT NOT NULL,
  folded_answer TEXT NOT NULL, -- the answer, folded
  answered_by TEXT NOT NULL,
  answered_at INTEGER,
  UNIQUE (area, code)
) STRICT;
CREATE INDEX concerns_contact ON concerns (contact, at);
CREATE INDEX concerns_area ON concerns (area, at);
CREATE INDEX concerns_round ON concerns (round, item) WHERE round IS NOT NULL;

-- Officers.

CREATE TABLE officers (
  id       BLOB PRIMARY KEY,
  area     TEXT NOT NULL,
  login    TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  password TEXT NOT NULL,
  lang     TEXT NOT NULL,
  telegram BLOB,
  disabled INTEGER NOT NULL
) STRICT;
CREATE INDEX officers_telegram ON officers (telegram) WHERE telegram IS NOT NULL;

CREATE TABLE web_sessions (
  token   TEXT PRIMARY KEY,
  data    BLOB,
  expires INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE web_sessions;
DROP TABLE officers;
DROP TABLE concerns;
DROP TABLE current_priorities;
DROP TABLE priorities;
DROP TABLE heard;
DROP TABLE current_voices;
DROP TABLE voices;
DROP TABLE round_items;
DROP TABLE rounds;
DROP TABLE items;
DROP TABLE reports;
DROP TABLE prices;
DROP TABLE places;
DROP TABLE commodities;
DROP TABLE parked;
DROP TABLE messages;
DROP TABLE groups;
DROP TABLE consents;
DROP TABLE sessions;
DROP TABLE contacts;
DROP TABLE households;
DROP TABLE villages;
DROP TABLE leases;
DROP TABLE changes;
DROP TABLE tie_codes;
DROP TABLE channels;
DROP TABLE communes;
