/* statements_dump: everything there is, in a fixed order, without the times at which the program
 * ran, without secrets, and without numbers that another import might give otherwise where a name
 * will do. Each walks over its whole table. */
#ifndef STORE_STATEMENTS_DUMP_H
#define STORE_STATEMENTS_DUMP_H

#define STATEMENTS_DUMP(X)                                                                         \
    X(DUMP_teams, SCAN, "SELECT id, name FROM teams ORDER BY id")                                  \
    X(DUMP_agents, SCAN, "SELECT id, name, team FROM agents ORDER BY id")                          \
    X(DUMP_users, SCAN,                                                                            \
      "SELECT id, login, name, role, team, agent, active, settings FROM users ORDER BY id")        \
    X(DUMP_recordings, SCAN,                                                                       \
      "SELECT hash, mime, bytes, channels, rate, frames, ms FROM recordings ORDER BY hash")        \
    X(DUMP_recording_files, SCAN,                                                                  \
      "SELECT recording, role, hash, mime, bytes FROM recording_files ORDER BY recording, role")   \
    X(DUMP_levels, SCAN, "SELECT hash, channel, rms, clipped FROM levels ORDER BY hash, channel")  \
    X(DUMP_calls, SCAN,                                                                            \
      "SELECT id, digest, source, source_key, channel, type, direction, queue, agent,"             \
      " agent_name, team, customer, customer_class, language, offered, answered, ended, wait_ms,"  \
      " talk_ms, hold_ms, wrap_ms, length_ms, outcome, hung_up, wrap_up, csat, nps, resolved,"     \
      " meta, recording, side_0, side_1, sides, recording_ms FROM calls ORDER BY id")              \
    X(DUMP_transcripts, SCAN,                                                                      \
      "SELECT c.id, t.turns FROM transcripts t JOIN calls c ON c.n = t.call ORDER BY c.id")        \
    X(DUMP_words, SCAN, "SELECT kind, word FROM words ORDER BY kind, word")                        \
    X(DUMP_card_versions, SCAN,                                                                    \
      "SELECT id, card, version, title, hash, definition, report, state, author, off_why"          \
      " FROM card_versions ORDER BY id")                                                           \
    X(DUMP_settings, SCAN, "SELECT name, value FROM settings ORDER BY name")                       \
    X(DUMP_card_lineage, SCAN,                                                                     \
      "SELECT version, question, change, since FROM card_lineage ORDER BY version, question")      \
    X(DUMP_backtests, SCAN,                                                                        \
      "SELECT id, version, against, since, most, person, state, done, total, result, problem"      \
      " FROM backtests ORDER BY id")                                                               \
    X(DUMP_sheets, SCAN,                                                                           \
      "SELECT h.id, c.id AS call, h.version, h.author, h.person, h.supersedes, h.shown,"           \
      " h.percent, h.customer, h.outcome, h.scores, h.packed, d.answers, d.summary"                \
      " FROM sheets h JOIN calls c ON c.n = h.call JOIN sheet_detail d ON d.sheet = h.id"          \
      " ORDER BY h.id")                                                                            \
    X(DUMP_drafts, SCAN,                                                                           \
      "SELECT d.person, c.id, d.revision, d.version, d.fields FROM drafts d"                       \
      " JOIN calls c ON c.n = d.call ORDER BY d.person, c.id, d.revision")                         \
    X(DUMP_notes, SCAN,                                                                            \
      "SELECT n.id, n.kind, n.about, n.target, c.id AS call, n.question, n.at_ms, n.author,"       \
      " n.text FROM notes n LEFT JOIN calls c ON c.n = n.call ORDER BY n.id")                      \
    X(DUMP_exemplars, SCAN,                                                                        \
      "SELECT x.id, c.id AS call, x.from_ms, x.to_ms, x.title, x.why, x.open, x.author"            \
      " FROM exemplars x JOIN calls c ON c.n = x.call ORDER BY x.id")                              \
    X(DUMP_exemplar_tags, SCAN, "SELECT exemplar, tag FROM exemplar_tags ORDER BY exemplar, tag")  \
    X(DUMP_issues, SCAN,                                                                           \
      "SELECT id, title, what, locus, card, question, wrap_up, keyword, owner, state, fixed_on,"   \
      " opened_by FROM issues ORDER BY id")                                                        \
    X(DUMP_occurrences, SCAN,                                                                      \
      "SELECT o.issue, c.id AS call, o.question, o.sheet, o.marked_by FROM occurrences o"          \
      " JOIN calls c ON c.n = o.call ORDER BY o.issue, c.id, o.question")                          \
    X(DUMP_events, SCAN,                                                                           \
      "SELECT id, subject, target, was, became, person, why FROM events ORDER BY id")              \
    /* looking changes nothing: what was printed or heard before is not part of it */              \
    X(DUMP_audit, SCAN,                                                                            \
      "SELECT row_number() OVER (ORDER BY id) AS id, person, who, address, action, target, result" \
      " FROM audit WHERE action NOT IN ('export', 'play') ORDER BY 1")                             \
    X(DUMP_measures, SCAN,                                                                         \
      "SELECT c.id, m.duration_ms, m.talk_agent, m.talk_customer, m.gap_agent, m.gap_customer,"    \
      " m.overlap_ms, m.silence_ms, m.longest_silence, m.longest_silence_at FROM measures m"       \
      " JOIN calls c ON c.n = m.call ORDER BY c.id")                                               \
    X(DUMP_peaks, SCAN, "SELECT hash, dat FROM peaks ORDER BY hash")                               \
    X(DUMP_card_sheets, SCAN,                                                                      \
      "SELECT k.id, c.id AS call, k.version, k.current, k.percent, k.customer, k.outcome,"         \
      " k.scores, k.packed, k.program, k.failure, d.answers, d.summary FROM card_sheets k"         \
      " JOIN calls c ON c.n = k.call JOIN card_sheet_detail d ON d.sheet = k.id ORDER BY k.id")    \
    X(DUMP_call_names, SCAN,                                                                       \
      "SELECT a.source, a.source_key, c.id AS call FROM call_names a JOIN calls c ON c.n = a.call" \
      " ORDER BY a.source, a.source_key")                                                          \
    X(DUMP_undescribed, SCAN,                                                                      \
      "SELECT c.id FROM undescribed u JOIN calls c ON c.n = u.call ORDER BY c.id")                 \
    X(DUMP_waiting, SCAN,                                                                          \
      "SELECT w.source, w.source_key, w.name, w.named_key, w.agent, w.at, w.why, w.state,"         \
      " w.recording, w.part, c.id AS call, w.was, w.became FROM waiting w"                         \
      " LEFT JOIN calls c ON c.n = w.call ORDER BY w.source, w.source_key")                        \
    X(DUMP_indexed, SCAN,                                                                          \
      "SELECT c.id FROM indexed i JOIN calls c ON c.place = i.place ORDER BY c.id")

#endif
