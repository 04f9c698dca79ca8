/* statements_calls: calls, transcripts, measures, recordings. */
#ifndef STORE_STATEMENTS_CALLS_H
#define STORE_STATEMENTS_CALLS_H

/* Read by call_read_row, in this order. */
#define CALL_ROW                                                                                   \
    "c.id, " CALL_START ", c.channel, c.direction, c.outcome, c.type, c.queue, c.agent,"           \
    " c.agent_name, c.team, c.customer, c.wrap_up, c.language, c.length_ms,"                       \
    " c.recording IS NOT NULL, k.id, k.percent, k.outcome, h.id, h.percent, h.outcome"
#define CALL_SHEETS                                                                                \
    " LEFT JOIN card_sheets k ON k.call = c.n AND k.current = 1"                                   \
    " LEFT JOIN sheets h"                                                                          \
    " ON h.id = (SELECT max(id) FROM sheets WHERE call = c.n AND author = 1)"
/* Bound by call_bind_filter. :low and :high bound the walk, :from and :until say it exactly. */
#define CALL_FILTER                                                                                \
    " AND " CALL_START " >= :from AND " CALL_START " < :until"                                     \
    " AND (:channel IS NULL OR c.channel = :channel)"                                              \
    " AND (:direction IS NULL OR c.direction = :direction)"                                        \
    " AND (:outcome IS NULL OR c.outcome = :outcome)"                                              \
    " AND (:type IS NULL OR c.type = :type)"                                                       \
    " AND (:queue IS NULL OR c.queue = :queue)"                                                    \
    " AND (:wrap_up IS NULL OR c.wrap_up = :wrap_up)"                                              \
    " AND (:language IS NULL OR c.language = :language)"                                           \
    " AND (:agent IS NULL OR c.agent = :agent)"                                                    \
    " AND (:team IS NULL OR c.agent IN (SELECT id FROM agents WHERE team = :team))"                \
    " AND (:recorded = 0 OR (:recorded = 1) = (c.recording IS NOT NULL))"                          \
    " AND (:below IS NULL OR k.percent < :below)"                                                  \
    " AND (:reviewed = 0 OR (:reviewed = 1 AND h.id IS NOT NULL)"                                  \
    " OR (:reviewed = 2 AND h.id IS NULL)) AND " SEES
#define CALL_WALK     " WHERE c.place BETWEEN :low AND :high" CALL_FILTER
#define CALL_OF_AGENT " WHERE c.agent = :one_agent AND c.place BETWEEN :low AND :high" CALL_FILTER
#define CALL_PAGE     " ORDER BY c.place DESC LIMIT :limit OFFSET :offset"

/* By which a call is found, and what indexes hold of it besides: these are left alone where they
 * stay as they are, which is most of the cost of a change. */
#define CALL_NAMES          "id, source, source_key"
#define CALL_NAMES_VALUES   ":id, :source, :source_key"
#define CALL_INDEXED        "place, agent, recording"
#define CALL_INDEXED_VALUES ":place, :agent, :recording"
#define CALL_FACTS                                                                                 \
    "digest, channel, type, direction, queue, agent_name, team, customer, customer_class,"         \
    " language, offered, answered, ended, wait_ms, talk_ms, hold_ms, wrap_ms, length_ms, outcome," \
    " hung_up, wrap_up, csat, nps, resolved, meta, side_0, side_1, sides, recording_ms"
#define CALL_FACTS_VALUES                                                                          \
    ":digest, :channel, :type, :direction, :queue, :agent_name, :team, :customer,"                 \
    " :customer_class, :language, :offered, :answered, :ended, :wait_ms, :talk_ms, :hold_ms,"      \
    " :wrap_ms, :length_ms, :outcome, :hung_up, :wrap_up, :csat, :nps, :resolved, :meta, :side_0," \
    " :side_1, :sides, :recording_ms"
/* Read by call_read, in this order. */
#define CALL_WHOLE CALL_ALL CALL_FROM
#define CALL_FROM                                                                                  \
    " FROM calls c JOIN transcripts t ON t.call = c.n LEFT JOIN measures m ON m.call = c.n"
#define CALL_ALL                                                                                   \
    "c.n, c.place, c.id, c.source, c.source_key, c.channel, c.type, c.direction, c.queue,"         \
    " c.agent, c.agent_name, c.team, c.customer, c.customer_class, c.language, c.offered,"         \
    " c.answered, c.ended, c.wait_ms, c.talk_ms, c.hold_ms, c.wrap_ms, c.outcome, c.hung_up,"      \
    " c.wrap_up, c.csat, c.nps, c.resolved, c.meta, c.recording, c.side_0, c.side_1, c.sides,"     \
    " c.recording_ms, t.turns, m.duration_ms, m.talk_agent, m.talk_customer, m.gap_agent,"         \
    " m.gap_customer, m.overlap_ms, m.silence_ms, m.longest_silence, m.longest_silence_at"

#define STATEMENTS_CALLS(X)                                                                        \
    X(CALL_FIND, READ,                                                                             \
      "SELECT n, digest, place, id, agent, recording FROM calls"                                   \
      " WHERE source = :source AND source_key = :source_key")                                      \
    X(CALL_DIGEST, READ, "SELECT digest FROM calls WHERE id = :id")                                \
    X(CALL_NUMBER, READ, "SELECT n FROM calls WHERE id = :id")                                     \
    X(CALL_PLACE_TAKEN, READ, "SELECT max(place) FROM calls WHERE place BETWEEN :low AND :high")   \
    X(CALL_ADD, WRITE,                                                                             \
      "INSERT INTO calls (" CALL_NAMES ", " CALL_INDEXED ", " CALL_FACTS                           \
      ") VALUES (" CALL_NAMES_VALUES ", " CALL_INDEXED_VALUES ", " CALL_FACTS_VALUES               \
      ") RETURNING n")                                                                             \
    X(CALL_REPLACE, WRITE,                                                                         \
      "UPDATE calls SET (" CALL_FACTS ") = (" CALL_FACTS_VALUES ") WHERE n = :n")                  \
    X(CALL_REINDEX, WRITE,                                                                         \
      "UPDATE calls SET (" CALL_INDEXED ") = (" CALL_INDEXED_VALUES ") WHERE n = :n")              \
    X(TRANSCRIPT_PUT, WRITE,                                                                       \
      "INSERT INTO transcripts (call, turns) VALUES (:call, :turns)"                               \
      " ON CONFLICT (call) DO UPDATE SET turns = excluded.turns")                                  \
    X(TRANSCRIPT_GET, READ, "SELECT turns FROM transcripts WHERE call = :call")                    \
    X(WORD_ADD, WRITE,                                                                             \
      "INSERT INTO words (kind, word) VALUES (:kind, :word) ON CONFLICT DO NOTHING")               \
    X(WORD_LIST, READ, "SELECT word FROM words WHERE kind = :kind ORDER BY word")                  \
    X(CALL_GET, READ, "SELECT " CALL_WHOLE " WHERE c.id = :id AND " SEES)                          \
    X(CALL_BATCH, READ,                                                                            \
      "SELECT " CALL_WHOLE " WHERE c.place > :after ORDER BY c.place LIMIT :limit")                \
    X(CALL_NEWEST, READ,                                                                           \
      "SELECT c.id FROM calls c WHERE c.place >= :low AND " CALL_START " >= :from AND " CALL_START \
      " < :until ORDER BY c.place DESC LIMIT :most")                                               \
    X(CALL_COUNT, SCAN, "SELECT count(*) FROM calls") /* counting is a walk */                     \
    X(CALL_LIST, READ, "SELECT " CALL_ROW " FROM calls c" CALL_SHEETS CALL_WALK CALL_PAGE)       \
    X(CALL_TOTAL, READ, "SELECT count(*) FROM calls c" CALL_SHEETS CALL_WALK)                      \
    X(CALL_LIST_AGENT, READ,                                                                       \
      "SELECT " CALL_ROW " FROM calls c" CALL_SHEETS CALL_OF_AGENT CALL_PAGE)                    \
    X(CALL_TOTAL_AGENT, READ, "SELECT count(*) FROM calls c" CALL_SHEETS CALL_OF_AGENT)            \
    X(MEASURES_PUT, WRITE,                                                                         \
      "INSERT INTO measures (call, duration_ms, talk_agent, talk_customer, gap_agent,"             \
      " gap_customer, overlap_ms, silence_ms, longest_silence, longest_silence_at)"                \
      " VALUES (:call, :duration, :talk_agent, :talk_customer, :gap_agent, :gap_customer,"         \
      " :overlap, :silence, :longest, :longest_at) ON CONFLICT (call) DO UPDATE SET"               \
      " duration_ms = excluded.duration_ms, talk_agent = excluded.talk_agent,"                     \
      " talk_customer = excluded.talk_customer, gap_agent = excluded.gap_agent,"                   \
      " gap_customer = excluded.gap_customer, overlap_ms = excluded.overlap_ms,"                   \
      " silence_ms = excluded.silence_ms, longest_silence = excluded.longest_silence,"             \
      " longest_silence_at = excluded.longest_silence_at")                                         \
    X(MEASURES_DROP, WRITE, "DELETE FROM measures WHERE call = :call")                             \
    X(MEASURES_EMPTY, WRITE | SCAN, "DELETE FROM measures") /* a rebuild drops all */              \
    X(RECORDING_PUT, WRITE,                                                                        \
      "INSERT INTO recordings (hash, mime, bytes, channels, rate, frames, ms)"                     \
      " VALUES (:hash, :mime, :bytes, :channels, :rate, :frames, :ms)"                             \
      " ON CONFLICT (hash) DO NOTHING")                                                            \
    X(RECORDING_GET, READ,                                                                         \
      "SELECT r.hash, r.mime, r.bytes, r.channels, r.rate, r.frames, r.ms FROM recordings r"       \
      " WHERE r.hash = :hash AND EXISTS"                                                           \
      " (SELECT 1 FROM calls c WHERE c.recording = :hash AND " SEES ")")                           \
    /* what browsers play of it: the copy, where there is one */                                   \
    X(RECORDING_PLAYED, READ,                                                                      \
      "SELECT coalesce(f.hash, r.hash), coalesce(f.mime, r.mime), coalesce(f.bytes, r.bytes)"      \
      " FROM recordings r LEFT JOIN recording_files f ON f.recording = r.hash AND f.role = 0"      \
      " WHERE r.hash = :hash AND EXISTS"                                                           \
      " (SELECT 1 FROM calls c WHERE c.recording = :hash AND " SEES ")")                           \
    X(RECORDING_FILE_PUT, WRITE,                                                                   \
      "INSERT INTO recording_files (recording, role, hash, mime, bytes)"                           \
      " VALUES (:recording, :role, :hash, :mime, :bytes) ON CONFLICT (recording, role)"            \
      " DO UPDATE SET hash = excluded.hash, mime = excluded.mime, bytes = excluded.bytes")         \
    X(MEDIA_BATCH, READ,                                                                           \
      "SELECT hash, bytes FROM recordings WHERE hash > :after UNION"                               \
      " SELECT hash, bytes FROM recording_files WHERE hash > :after ORDER BY hash LIMIT :limit")   \
    X(MEDIA_HAS, READ,                                                                             \
      "SELECT 1 FROM recordings WHERE hash = :hash UNION ALL"                                      \
      " SELECT 1 FROM recording_files WHERE hash = :hash LIMIT 1")                                 \
    X(LEVELS_PUT, WRITE,                                                                           \
      "INSERT INTO levels (hash, channel, rms, clipped) VALUES (:hash, :channel, :rms, :clipped)"  \
      " ON CONFLICT (hash, channel) DO UPDATE SET rms = excluded.rms, clipped = excluded.clipped") \
    X(LEVELS_GET, READ, "SELECT rms, clipped FROM levels WHERE hash = :hash ORDER BY channel")     \
    X(LEVELS_EMPTY, WRITE | SCAN, "DELETE FROM levels") /* a rebuild drops all */                  \
    X(RECORDING_SIZE, READ, "SELECT bytes FROM recordings WHERE hash = :hash")                     \
    X(PEAKS_PUT, WRITE,                                                                            \
      "INSERT INTO peaks (hash, dat) VALUES (:hash, :dat)"                                         \
      " ON CONFLICT (hash) DO UPDATE SET dat = excluded.dat")                                      \
    X(PEAKS_GET, READ, "SELECT dat FROM peaks WHERE hash = :hash")                                 \
    X(PEAKS_EMPTY, WRITE | SCAN, "DELETE FROM peaks") /* a rebuild drops all */

#endif
