-- +goose Up

-- Conventions. Instants are timestamptz, days are date, ids are UUIDs drawn by
-- the program (version 7, so that new rows append). Every record carries its
-- area. There are no foreign keys: whoever writes has loaded what it refers
-- to, and a check per row would cost the turn more than the row itself.

-- refuse aborts the transaction that calls it. A statement of a pipelined
-- batch calls it when what it found is not what was expected.
-- +goose StatementBegin
CREATE FUNCTION refuse(code text, detail text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = detail;
END
$$;
-- +goose StatementEnd

-- same_case and unmarked are what a search compares: without regard to case,
-- and also without regard to marks.
CREATE FUNCTION same_case(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT lower(normalize(t, NFC) COLLATE "und-x-icu") COLLATE "C" $$;

CREATE FUNCTION unmarked(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT replace(regexp_replace(normalize(lower(t COLLATE "und-x-icu") COLLATE "C", NFD), '[\u0300-\u036f]', '', 'g'), 'đ', 'd') $$;

-- The world.

CREATE TABLE communes (
  code           text PRIMARY KEY,
  name           text NOT NULL,
  province       text NOT NULL,
  sample         boolean NOT NULL,
  zone           text NOT NULL,
  lang           text NOT NULL,
  marks          boolean NOT NULL,
  answer_days    integer NOT NULL,
  silence        bigint NOT NULL, -- nanoseconds
  results_public boolean NOT NULL,
  sms_cost       bigint NOT NULL, -- đồng per part
  hotline        text NOT NULL,
  chat_link      text NOT NULL
);

CREATE TABLE channels (
  id      text PRIMARY KEY,
  kind    text NOT NULL,
  area    text NOT NULL,
  account text NOT NULL,
  secret  text NOT NULL -- the name of the credentials, never the credentials
);

CREATE TABLE tie_codes (
  area    text NOT NULL,
  code    text NOT NULL,
  village text NOT NULL,
  officer text NOT NULL,
  expires timestamptz NOT NULL,
  PRIMARY KEY (area, code)
);

-- What changed when, for every process to see. Rows are only ever added, so
-- that no two writers wait for each other.
CREATE TABLE changes (
  id   uuid NOT NULL,
  area text NOT NULL,
  kind text NOT NULL,
  at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX changes_at ON changes (at);

CREATE TABLE leases (
  name   text PRIMARY KEY,
  holder text NOT NULL,
  until  timestamptz NOT NULL
);

-- People.

CREATE TABLE villages (
  area    text NOT NULL,
  code    text NOT NULL,
  kind    text NOT NULL,
  name    text NOT NULL,
  aliases text[] NOT NULL,
  rank    integer NOT NULL,
  PRIMARY KEY (area, code)
);

CREATE TABLE households (
  id          uuid PRIMARY KEY,
  area        text NOT NULL,
  village     text NOT NULL,
  number      text NOT NULL,
  head        text NOT NULL,
  provisional boolean NOT NULL,
  poor        boolean NOT NULL,
  version     bigint NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX households_area ON households (area, village);

CREATE TABLE contacts (
  id           uuid PRIMARY KEY,
  area         text NOT NULL,
  hash         bytea NOT NULL CONSTRAINT contacts_hash UNIQUE,
  sealed       bytea NOT NULL,
  mask         text NOT NULL,
  channel      text NOT NULL,
  lang         text NOT NULL,
  marks        boolean NOT NULL,
  name         text NOT NULL,
  village      text NOT NULL,
  household    uuid,
  consent_at   timestamptz,
  consent_text text NOT NULL,
  stopped_at   timestamptz,
  created_at   timestamptz,
  erased       boolean NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX contacts_area ON contacts (area);
CREATE INDEX contacts_household ON contacts (household) WHERE household IS NOT NULL;

-- One row per contact, made together with it, and the only row that every
-- turn updates: so it also carries when the contact was last heard, and the
-- contact's version; whoever changes a contact locks this row first. Room is
-- left in its pages, and the index on silence holds whole hours only, so that
-- the update of a turn touches no index (HOT).
CREATE TABLE sessions (
  contact      uuid PRIMARY KEY,
  state        bytea,
  expires      timestamptz,
  heard_at     timestamptz,
  version      bigint NOT NULL, -- of the talk
  moved        bigint NOT NULL, -- version of the contact
  expires_hour integer GENERATED ALWAYS AS (floor(extract(epoch FROM expires - timestamptz '1970-01-01 00:00:00+00') / 3600)::integer) STORED
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX sessions_silent ON sessions (expires_hour) WHERE expires_hour IS NOT NULL;

CREATE TABLE consents (
  contact uuid NOT NULL,
  area    text NOT NULL,
  given   boolean NOT NULL,
  text    text NOT NULL,
  message uuid,
  at      timestamptz NOT NULL
);
CREATE INDEX consents_contact ON consents (contact, at);

CREATE TABLE groups (
  id      uuid PRIMARY KEY,
  area    text NOT NULL,
  channel text NOT NULL,
  hash    bytea NOT NULL CONSTRAINT groups_hash UNIQUE,
  sealed  bytea NOT NULL,
  mask    text NOT NULL,
  title   text NOT NULL,
  village text NOT NULL,
  tied_at timestamptz,
  tied_by text NOT NULL
);
CREATE INDEX groups_area ON groups (area);

-- Messages.

-- The log. An outbound row that has a row of the outbox has the state that
-- the outbox says. A reply that was handed over in a webhook's own response is
-- stored as sent from the start: confirming it only deletes from the outbox.
CREATE TABLE messages (
  id        uuid PRIMARY KEY,
  area      text NOT NULL,
  channel   text NOT NULL,
  contact   uuid,
  chat      uuid, -- the group
  direction text NOT NULL,
  external  text NOT NULL,
  reply_to  uuid,
  text      text NOT NULL,
  buttons   bytea, -- JSON, byte for byte as it was given; likewise media and reading
  media     bytea,
  reading   bytea,
  at        timestamptz NOT NULL,
  purpose   text NOT NULL DEFAULT '',
  status    text NOT NULL,
  due       timestamptz,
  attempts  integer NOT NULL DEFAULT 0,
  reason    text NOT NULL DEFAULT '',
  parts     integer NOT NULL DEFAULT 0,
  sent_at   timestamptz,
  author    text NOT NULL DEFAULT '',
  played    boolean NOT NULL DEFAULT false, -- in the turn of the message it replies to
  to_sealed bytea -- where to, for the last reply to someone whose address is gone
);
CREATE UNIQUE INDEX messages_inbound ON messages (channel, external) WHERE direction = 'in' AND external <> '';
CREATE INDEX messages_outbound ON messages (channel, external) WHERE direction = 'out' AND external <> '';
CREATE INDEX messages_reply_to ON messages (reply_to) WHERE played;
CREATE INDEX messages_thread ON messages (contact, at);
CREATE INDEX messages_broadcasts ON messages (contact, sent_at) WHERE purpose = 'broadcast';
CREATE INDEX messages_failed ON messages (area, at) WHERE status = 'failed';
CREATE INDEX messages_at ON messages USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

-- What waits to be sent. due is when a row may be claimed: not before its
-- time, or not before its lease is over. queue is whom it goes to.
CREATE TABLE outbox (
  id       uuid PRIMARY KEY,
  area     text NOT NULL,
  channel  text NOT NULL,
  queue    uuid NOT NULL,
  class    smallint NOT NULL, -- 0 reply, 1 everything else
  purpose  text NOT NULL,
  status   text NOT NULL, -- queued | handed | sending
  due      timestamptz NOT NULL,
  at       timestamptz NOT NULL,
  attempts integer NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX outbox_due ON outbox (channel, class, due, at, id);
CREATE INDEX outbox_queue ON outbox (queue);

-- The log with the state each message is in now.
CREATE VIEW message_log AS
SELECT m.id, m.area, m.channel, m.contact, m.chat, m.direction, m.external, m.reply_to, m.text,
       m.buttons, m.media, m.reading, m.at, m.purpose, coalesce(o.status, m.status) AS status,
       CASE WHEN o.status = 'queued' THEN o.due ELSE m.due END AS due,
       CASE WHEN o.status <> 'queued' THEN o.due END AS lease,
       coalesce(o.attempts, m.attempts) AS attempts, m.reason, m.parts,
       CASE WHEN o.id IS NULL THEN m.sent_at END AS sent_at, m.author, m.played
FROM messages m LEFT JOIN outbox o ON o.id = m.id;

CREATE TABLE parked (
  id      uuid PRIMARY KEY,
  area    text NOT NULL,
  channel text NOT NULL,
  sealed  bytea NOT NULL,
  error   text NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX parked_area ON parked (area, at);

-- The market.

CREATE TABLE commodities (
  area    text NOT NULL,
  id      text NOT NULL,
  name    text NOT NULL,
  name_en text NOT NULL,
  unit    text NOT NULL,
  min     bigint NOT NULL,
  max     bigint NOT NULL,
  grades  jsonb NOT NULL,
  aliases text[] NOT NULL,
  input   boolean NOT NULL,
  rank    bigint GENERATED ALWAYS AS IDENTITY, -- the order in which they were first saved
  PRIMARY KEY (area, id)
);

CREATE TABLE places (
  area    text NOT NULL,
  id      text NOT NULL,
  name    text NOT NULL,
  aliases text[] NOT NULL,
  rank    integer NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE TABLE prices (
  id         uuid PRIMARY KEY,
  area       text NOT NULL,
  commodity  text NOT NULL,
  grade      text NOT NULL,
  market     text NOT NULL,
  amount     bigint NOT NULL,
  unit       text NOT NULL,
  day        date NOT NULL,
  source     text NOT NULL,
  entered_at timestamptz NOT NULL,
  entered_by text NOT NULL,
  replaces   uuid,
  replaced   boolean NOT NULL,
  note       text NOT NULL
);
CREATE INDEX prices_day ON prices (area, day);
CREATE INDEX prices_commodity ON prices (area, commodity, day);

CREATE TABLE reports (
  id        uuid PRIMARY KEY,
  area      text NOT NULL,
  contact   uuid,
  message   uuid,
  village   text NOT NULL,
  commodity text NOT NULL,
  grade     text NOT NULL,
  market    text NOT NULL,
  amount    bigint NOT NULL,
  unit      text NOT NULL,
  day       date NOT NULL,
  at        timestamptz NOT NULL,
  held      boolean NOT NULL
);
CREATE INDEX reports_day ON reports (area, day);

-- The plan.

CREATE TABLE items (
  area      text NOT NULL,
  code      text NOT NULL,
  year      integer NOT NULL,
  title     text NOT NULL,
  title_en  text NOT NULL,
  short     text NOT NULL,
  short_en  text NOT NULL,
  detail    text NOT NULL,
  detail_en text NOT NULL,
  place     text NOT NULL,
  village   text NOT NULL,
  unit      text NOT NULL,
  quantity  text NOT NULL,
  funding   jsonb NOT NULL,
  time      text NOT NULL,
  owner     text NOT NULL,
  chain     text NOT NULL,
  withdrawn boolean NOT NULL,
  PRIMARY KEY (area, code)
);

CREATE TABLE rounds (
  id       uuid PRIMARY KEY,
  area     text NOT NULL,
  number   integer NOT NULL,
  year     integer NOT NULL,
  title    text NOT NULL,
  opens    timestamptz NOT NULL,
  closes   timestamptz NOT NULL,
  villages text[] NOT NULL,
  decision text NOT NULL,
  CONSTRAINT rounds_number UNIQUE (area, number)
);

CREATE TABLE round_items (
  round    uuid NOT NULL,
  position integer NOT NULL,
  item     text NOT NULL,
  PRIMARY KEY (round, position),
  UNIQUE (round, item)
);

-- Every voice ever given; the current one of a household on an item is in
-- current_voices, with what a tally groups by, so that counting a round reads
-- one stretch of one index and nothing else.
CREATE TABLE voices (
  id        uuid PRIMARY KEY,
  area      text NOT NULL,
  round     uuid NOT NULL,
  item      text NOT NULL,
  household uuid NOT NULL,
  contact   uuid,
  village   text NOT NULL,
  channel   text NOT NULL,
  stance    text NOT NULL,
  receipt   text NOT NULL,
  message   uuid,
  at        timestamptz NOT NULL
);
CREATE INDEX voices_household ON voices (round, household, item, at);
CREATE INDEX voices_contact ON voices (contact) WHERE contact IS NOT NULL;

CREATE TABLE current_voices (
  round       uuid NOT NULL,
  household   uuid NOT NULL,
  item        text COLLATE "C" NOT NULL,
  voice       uuid NOT NULL,
  village     text COLLATE "C" NOT NULL,
  channel     text COLLATE "C" NOT NULL,
  stance      text COLLATE "C" NOT NULL,
  provisional boolean NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (round, household, item) INCLUDE (village, channel, stance, provisional, at)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);

-- Who was heard in a round: a household's latest voice.
CREATE TABLE heard (
  round       uuid NOT NULL,
  household   uuid NOT NULL,
  village     text COLLATE "C" NOT NULL,
  channel     text COLLATE "C" NOT NULL,
  provisional boolean NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (round, household) INCLUDE (village, channel, provisional)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE priorities (
  id        uuid PRIMARY KEY,
  area      text NOT NULL,
  round     uuid NOT NULL,
  household uuid NOT NULL,
  contact   uuid,
  village   text NOT NULL,
  channel   text NOT NULL,
  items     text[] NOT NULL,
  receipt   text NOT NULL,
  message   uuid,
  at        timestamptz NOT NULL
);
CREATE INDEX priorities_household ON priorities (round, household, at);
CREATE INDEX priorities_contact ON priorities (contact) WHERE contact IS NOT NULL;

CREATE TABLE current_priorities (
  round       uuid NOT NULL,
  household   uuid NOT NULL,
  priority    uuid NOT NULL,
  village     text NOT NULL,
  provisional boolean NOT NULL,
  items       text[] NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (round, household)
);

CREATE TABLE concerns (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL,
  area        text NOT NULL,
  code        text NOT NULL,
  contact     uuid,
  household   uuid,
  village     text NOT NULL,
  channel     text NOT NULL,
  text        text NOT NULL,
  commodity   text NOT NULL,
  link        text NOT NULL,
  severity    text NOT NULL,
  round       uuid,
  item        text NOT NULL,
  message     uuid,
  at          timestamptz NOT NULL,
  due         timestamptz,
  answer      text NOT NULL,
  answered_by text NOT NULL,
  answered_at timestamptz,
  CONSTRAINT concerns_code UNIQUE (area, code)
);
CREATE INDEX concerns_contact ON concerns (contact, at) WHERE contact IS NOT NULL;
CREATE INDEX concerns_area ON concerns (area, at);
CREATE INDEX concerns_round ON concerns (round, item) WHERE round IS NOT NULL;

-- Officers.

CREATE TABLE officers (
  id       uuid PRIMARY KEY,
  area     text NOT NULL,
  login    text NOT NULL CONSTRAINT officers_login UNIQUE,
  name     text NOT NULL,
  role     text NOT NULL,
  password text NOT NULL,
  lang     text NOT NULL,
  telegram bytea,
  disabled boolean NOT NULL
);
CREATE INDEX officers_telegram ON officers (telegram) WHERE telegram IS NOT NULL;

CREATE TABLE web_sessions (
  token   text PRIMARY KEY,
  data    bytea NOT NULL,
  expires timestamptz NOT NULL
);

-- +goose Down
DROP TABLE web_sessions, officers, concerns, current_priorities, priorities, heard, current_voices, voices,
  round_items, rounds, items, reports, prices, places, commodities, parked, groups, consents, sessions,
  contacts, households, villages, leases, changes, tie_codes, channels, communes;
DROP VIEW message_log;
DROP TABLE outbox, messages;
DROP FUNCTION unmarked, same_case, refuse;
