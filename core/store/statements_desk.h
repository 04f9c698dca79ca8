/* statements_desk: card versions, sheets, drafts, notes, exemplars, issues. */
#ifndef STORE_STATEMENTS_DESK_H
#define STORE_STATEMENTS_DESK_H

#define CARD_COLUMNS                                                                               \
    "v.id, v.card, v.version, v.title, v.hash, v.text, v.definition, v.report, v.state,"           \
    " v.author, u.name, v.made_at, v.published_at, v.failures, v.off_at, v.off_why"                \
    " FROM card_versions v LEFT JOIN users u ON u.id = v.author"

/* Read by sheet_read_row, in this order: people's sheets h and automatic ones k in the same shape.
 */
#define SHEET_ROW                                                                                  \
    "h.id, c.id, c.agent, c.agent_name, " CALL_START ", h.version, v.card, v.title, v.version,"    \
    " h.author, h.person, u.name, h.made_at, h.supersedes,"                                        \
    " (SELECT x.id FROM sheets x WHERE x.supersedes = h.id), h.shown, h.scores, h.outcome,"        \
    " (SELECT min(x.made_at) FROM notes x WHERE x.about = 1 AND x.target = CAST(h.id AS TEXT)"     \
    " AND x.kind = 2),"                                                                            \
    " (SELECT count(*) FROM notes x WHERE x.about = 1 AND x.target = CAST(h.id AS TEXT)"           \
    " AND x.kind = 1), ''"
#define SHEET_CARD_ROW                                                                             \
    "k.id, c.id, c.agent, c.agent_name, " CALL_START ", k.version, v.card, v.title, v.version,"    \
    " 0, NULL, '', k.made_at, NULL, NULL, NULL, k.scores, k.outcome,"                              \
    " (SELECT min(x.made_at) FROM notes x WHERE x.about = 1 AND x.target = CAST(k.id AS TEXT)"     \
    " AND x.kind = 2),"                                                                            \
    " (SELECT count(*) FROM notes x WHERE x.about = 1 AND x.target = CAST(k.id AS TEXT)"           \
    " AND x.kind = 1), k.failure"
/* What was made again as it was is as old as it was. */
#define CARD_SHEET_SAME                                                                            \
    "card_sheets.scores = excluded.scores AND card_sheets.packed = excluded.packed"                \
    " AND card_sheets.program = excluded.program AND card_sheets.failure = excluded.failure"       \
    " AND EXISTS (SELECT 1 FROM card_sheet_detail d WHERE d.sheet = card_sheets.id"                \
    " AND d.answers = :answers AND d.summary = :summary)"
#define SHEET_FROM                                                                                 \
    " FROM sheets h JOIN calls c ON c.n = h.call JOIN card_versions v ON v.id = h.version"         \
    " JOIN users u ON u.id = h.person"
/* Calibrations are blind: only who sees everything sees them. */
#define SHEET_OPEN " AND (h.author <> 3 OR :sees = 3) AND " SEES
#define SHEET_FILTER                                                                               \
    " AND (:agent IS NULL OR c.agent = :agent) AND (:card IS NULL OR v.card = :card)"              \
    " AND (:team IS NULL OR c.agent IN (SELECT id FROM agents WHERE team = :team))"                \
    " AND (:author IS NULL OR h.author = :author) AND h.made_at >= :from AND h.made_at < :until"   \
    " AND (:all = 1 OR NOT EXISTS (SELECT 1 FROM sheets y WHERE y.supersedes = h.id))" SHEET_OPEN
#define SHEET_NEWEST " ORDER BY h.id DESC LIMIT :limit OFFSET :offset"
#define SHEET_PERSON " AND (:person IS NULL OR h.person = :person)"

#define NOTE_ROW                                                                                   \
    "SELECT n.id, n.kind, n.about, n.target, n.question, n.at_ms, n.author, u.name, n.made_at,"    \
    " n.text, count(*) OVER () FROM notes n JOIN users u ON u.id = n.author"                       \
    " LEFT JOIN calls c ON c.n = n.call"
#define NOTE_FILTER                                                                                \
    " AND (:kind IS NULL OR n.kind = :kind) AND (:author IS NULL OR n.author = :author)"           \
    " AND ((n.call IS NULL AND :sees > 0) OR " SEES ")"

#define EXEMPLAR_ROW                                                                               \
    "SELECT x.id, c.id, x.from_ms, x.to_ms, x.title, x.why, x.open, x.author, u.name, x.made_at,"  \
    " c.agent, c.agent_name, c.type, c.channel, c.recording IS NOT NULL, x.folded"                 \
    " FROM exemplars x JOIN calls c ON c.n = x.call JOIN users u ON u.id = x.author"
#define EXEMPLAR_SEES " ((x.open = 1 AND :sees > 0) OR " SEES ")"

#define ISSUE_ROW                                                                                  \
    "i.id, i.title, i.what, i.locus, i.card, i.question, i.wrap_up, i.keyword, i.owner,"           \
    " i.state, i.fixed_on, i.opened_by, u.name, i.opened_at, count(DISTINCT c.n),"                 \
    " count(DISTINCT c.agent), min(" CALL_START "), max(" CALL_START ")"
#define ISSUE_FROM                                                                                 \
    " FROM issues i LEFT JOIN users u ON u.id = i.opened_by"                                       \
    " LEFT JOIN occurrences o ON o.issue = i.id LEFT JOIN calls c ON c.n = o.call AND " SEES
#define OCCURRENCE_ROW                                                                             \
    "SELECT o.issue, c.id, o.sheet, o.question, o.marked_by, o.marked_at, c.agent,"                \
    " c.agent_name, c.team, " CALL_START ", count(*) OVER ()"                                      \
    " FROM occurrences o JOIN calls c ON c.n = o.call"
#define OCCURRENCE_NEWEST                                                                          \
    " AND " SEES " ORDER BY c.place DESC, o.issue, o.question LIMIT :limit OFFSET :offset"

#define STATEMENTS_DESK(X)                                                                         \
    X(CARD_ADD, WRITE,                                                                             \
      "INSERT INTO card_versions (card, version, title, hash, text, definition, report, state,"    \
      " author, made_at, published_at) VALUES (:card, :version, :title, :hash, :text,"             \
      " :definition, :report, 0, :author, :at, 0) RETURNING id")                                   \
    X(CARD_CLAIM, WRITE,                                                                           \
      "UPDATE card_versions SET author = :author"                                                  \
      " WHERE id = :id AND author IS NULL AND state < 2 RETURNING state")                          \
    X(CARD_GET, READ, "SELECT " CARD_COLUMNS " WHERE v.id = :id")                                  \
    X(CARD_FIND, READ, "SELECT " CARD_COLUMNS " WHERE v.hash = :hash")                             \
    /* every version there is: hundreds */                                                         \
    X(CARD_LIST, SCAN,                                                                             \
      "SELECT " CARD_COLUMNS " WHERE (:card IS NULL OR v.card = :card)"                            \
      " AND (:published = 0 OR v.state = 2) ORDER BY v.card, v.id DESC")                           \
    X(CARD_PUBLISHED_ALL, SCAN, /* of the index of what is published */                            \
      "SELECT id, off_at FROM card_versions WHERE state = 2 ORDER BY card")                        \
    X(CARD_PUBLISHED, READ, "SELECT id FROM card_versions WHERE card = :card AND state = 2")       \
    X(CARD_NAME_TAKEN, READ,                                                                       \
      "SELECT 1 FROM card_versions WHERE card = :card AND version = :version AND state >= 2"       \
      " AND id <> :id")                                                                            \
    X(CARD_REPORT, WRITE,                                                                          \
      "UPDATE card_versions SET definition = :definition, report = :report, state = :state"        \
      " WHERE id = :id")                                                                           \
    X(CARD_MOVE, WRITE,                                                                            \
      "UPDATE card_versions SET state = :state, published_at = :published_at, failures = 0,"       \
      " off_at = 0, off_why = '' WHERE id = :id")                                                  \
    X(CARD_FAILURES, WRITE, "UPDATE card_versions SET failures = :failures WHERE id = :id")        \
    X(CARD_TURN, WRITE,                                                                            \
      "UPDATE card_versions SET failures = 0, off_at = :off_at, off_why = :off_why WHERE id = "    \
      ":id")                                                                                       \
    X(SHEET_ADD, WRITE,                                                                            \
      "INSERT INTO sheets (call, version, author, person, made_at, supersedes, shown, percent,"    \
      " customer, outcome, scores, packed) VALUES (:call, :version, :author, :person, :made_at,"   \
      " :supersedes, :shown, :percent, :customer, :outcome, :scores, :packed) RETURNING id")       \
    X(SHEET_DETAIL_ADD, WRITE,                                                                     \
      "INSERT INTO sheet_detail (sheet, answers, summary) VALUES (:sheet, :answers, :summary)")    \
    X(SHEET_SUPERSEDED, READ,                                                                      \
      "SELECT h.call, x.id FROM sheets h LEFT JOIN sheets x ON x.supersedes = h.id"                \
      " WHERE h.id = :id")                                                                         \
    X(SHEET_GET, READ,                                                                             \
      "SELECT c.id, h.version, v.hash, h.author, h.person, u.name, h.made_at, h.supersedes,"       \
      " h.shown, h.scores, d.answers, d.summary, ''" SHEET_FROM                                    \
      " JOIN sheet_detail d ON d.sheet = h.id WHERE h.id = :id" SHEET_OPEN)                        \
    X(SHEET_GET_CARD, READ,                                                                        \
      "SELECT c.id, k.version, v.hash, 0, NULL, '', k.made_at, NULL, NULL, k.scores, d.answers,"   \
      " d.summary, k.failure FROM card_sheets k JOIN calls c ON c.n = k.call"                      \
      " JOIN card_versions v ON v.id = k.version JOIN card_sheet_detail d ON d.sheet = k.id"       \
      " WHERE k.id = :id AND " SEES)                                                               \
    X(SHEET_CALL, READ, "SELECT call FROM sheets WHERE id = :id")                                  \
    X(SHEET_CARD_CALL, READ, "SELECT call FROM card_sheets WHERE id = :id")                        \
    X(SHEET_CARD_COUNTS, READ, "SELECT current FROM card_sheets WHERE id = :id")                   \
    X(CARD_SHEET_FAILED, READ,                                                                     \
      "SELECT c.id, k.failure, count(*) OVER () FROM card_sheets k JOIN calls c ON c.n = k.call"   \
      " WHERE k.version = :version AND k.current = 1 AND k.failure <> ''"                          \
      " ORDER BY k.call DESC LIMIT 1")                                                             \
    X(CARD_SHEET_CALLS, READ,                                                                      \
      "SELECT " CALL_ALL ", c.digest" CALL_FROM " WHERE c.n IN (SELECT call FROM card_sheets"      \
      " WHERE version = :version AND call > :after ORDER BY call LIMIT :limit) ORDER BY c.n")      \
    X(CARD_SHEET_LAPSE, WRITE,                                                                     \
      "UPDATE card_sheets SET current = 0 WHERE call = :call AND current = 1 AND id <> :id")       \
    X(CARD_SHEET_PUT, WRITE,                                                                       \
      "INSERT INTO card_sheets (id, call, version, made_at, current, percent, customer, outcome,"  \
      " scores, packed, program, failure) VALUES (:id, :call, :version, :made_at, :counts,"        \
      " :percent, :customer, :outcome, :scores, :packed, :program, :failure)"                      \
      " ON CONFLICT (id) DO UPDATE SET made_at = CASE WHEN " CARD_SHEET_SAME                       \
      " THEN card_sheets.made_at ELSE excluded.made_at END, current = :counts,"                    \
      " percent = excluded.percent, customer = excluded.customer, outcome = excluded.outcome,"     \
      " scores = excluded.scores, packed = excluded.packed, program = excluded.program,"           \
      " failure = excluded.failure")                                                               \
    X(CARD_SHEET_DETAIL_PUT, WRITE,                                                                \
      "INSERT INTO card_sheet_detail (sheet, answers, summary)"                                    \
      " VALUES (:sheet, :answers, :summary) ON CONFLICT (sheet) DO UPDATE SET"                     \
      " answers = excluded.answers, summary = excluded.summary")                                   \
    X(CARD_SHEET_DETAIL_DROP, WRITE,                                                               \
      "DELETE FROM card_sheet_detail WHERE sheet IN"                                               \
      " (SELECT id FROM card_sheets WHERE call = :call)")                                          \
    X(CARD_SHEET_DROP, WRITE, "DELETE FROM card_sheets WHERE call = :call")                        \
    /* the newest of all, walking back: stops at the page's end */                                 \
    X(SHEET_LIST, SCAN,                                                                            \
      "SELECT " SHEET_ROW SHEET_FROM " WHERE h.id > 0" SHEET_FILTER SHEET_NEWEST)                  \
    X(SHEET_TOTAL, SCAN, "SELECT count(*)" SHEET_FROM " WHERE h.id > 0" SHEET_FILTER)              \
    X(SHEET_LIST_CALL, READ,                                                                       \
      "SELECT " SHEET_ROW SHEET_FROM                                                               \
      " WHERE h.call = (SELECT n FROM calls WHERE id = :call)" SHEET_PERSON SHEET_FILTER           \
          SHEET_NEWEST)                                                                            \
    X(SHEET_TOTAL_CALL, READ,                                                                      \
      "SELECT count(*)" SHEET_FROM                                                                 \
      " WHERE h.call = (SELECT n FROM calls WHERE id = :call)" SHEET_PERSON SHEET_FILTER)          \
    X(SHEET_LIST_PERSON, READ,                                                                     \
      "SELECT " SHEET_ROW SHEET_FROM " WHERE h.person = :person" SHEET_FILTER SHEET_NEWEST)        \
    X(SHEET_TOTAL_PERSON, READ,                                                                    \
      "SELECT count(*)" SHEET_FROM " WHERE h.person = :person" SHEET_FILTER)                       \
    X(SHEET_LIST_CARD, READ,                                                                       \
      "SELECT " SHEET_CARD_ROW " FROM card_sheets k JOIN calls c ON c.n = k.call"                  \
      " JOIN card_versions v ON v.id = k.version"                                                  \
      " WHERE k.call = (SELECT n FROM calls WHERE id = :call) AND " SEES                           \
      " ORDER BY k.current DESC, k.version DESC")                                                  \
    X(PACKED_LIST, READ,                                                                           \
      "SELECT c.id, c.agent, " CALL_START ", h.percent, h.packed FROM sheets h"                    \
      " JOIN calls c ON c.n = h.call WHERE h.version = :version AND h.author = 1"                  \
      " AND NOT EXISTS (SELECT 1 FROM sheets y WHERE y.supersedes = h.id)"                         \
      " AND " CALL_START " >= :from AND " CALL_START " < :until AND " SEES                         \
      " ORDER BY c.place, h.id")                                                                   \
    X(PACKED_LIST_CARD, READ,                                                                      \
      "SELECT c.id, c.agent, " CALL_START ", k.percent, k.packed FROM card_sheets k"               \
      " JOIN calls c ON c.n = k.call WHERE k.version = :version AND k.current = 1"                 \
      " AND " CALL_START " >= :from AND " CALL_START " < :until AND " SEES " ORDER BY c.place")    \
    X(DRAFT_NEWEST, READ,                                                                          \
      "SELECT d.person, c.id, d.version, d.revision, d.fields, d.saved_at FROM drafts d"           \
      " JOIN calls c ON c.n = d.call WHERE d.person = :person AND c.id = :call"                    \
      " ORDER BY d.revision DESC LIMIT :limit")                                                    \
    X(DRAFT_LIST, READ,                                                                            \
      "SELECT d.person, c.id, d.version, d.revision, d.fields, d.saved_at FROM drafts d"           \
      " JOIN calls c ON c.n = d.call WHERE d.person = :person AND d.revision ="                    \
      " (SELECT max(x.revision) FROM drafts x WHERE x.person = d.person AND x.call = d.call)"      \
      " ORDER BY d.saved_at DESC, c.id")                                                           \
    X(DRAFT_ADD, WRITE,                                                                            \
      "INSERT INTO drafts (person, call, revision, version, fields, saved_at)"                     \
      " VALUES (:person, :call, :revision, :version, :fields, :saved_at)")                         \
    X(DRAFT_TRIM, WRITE,                                                                           \
      "DELETE FROM drafts WHERE person = :person AND call = :call AND revision <= :oldest")        \
    X(NOTE_ADD, WRITE,                                                                             \
      "INSERT INTO notes (kind, about, target, call, question, at_ms, author, made_at, text)"      \
      " VALUES (:kind, :about, :target, :call, :question, :at_ms, :author, :made_at, :text)"       \
      " RETURNING id")                                                                             \
    X(NOTE_CALL, READ, "SELECT call FROM notes WHERE id = :id")                                    \
    X(EXEMPLAR_CALL, READ, "SELECT call FROM exemplars WHERE id = :id")                            \
    X(ISSUE_STATE, READ, "SELECT state FROM issues WHERE id = :id")                                \
    /* the newest of all, over the whole site */                                                   \
    X(NOTE_LIST, SCAN,                                                                             \
      NOTE_ROW " WHERE n.id > 0" NOTE_FILTER " ORDER BY n.id DESC LIMIT :limit OFFSET :offset")    \
    X(NOTE_LIST_CALL, READ,                                                                        \
      NOTE_ROW " WHERE n.call = (SELECT n FROM calls WHERE id = :call)" NOTE_FILTER                \
               " ORDER BY n.id LIMIT :limit OFFSET :offset")                                       \
    X(NOTE_LIST_TARGET, READ,                                                                      \
      NOTE_ROW " WHERE n.about = :about AND n.target = :target" NOTE_FILTER                        \
               " ORDER BY n.id LIMIT :limit OFFSET :offset")                                       \
    X(EXEMPLAR_ADD, WRITE,                                                                         \
      "INSERT INTO exemplars (call, from_ms, to_ms, title, why, folded, open, author, made_at)"    \
      " VALUES (:call, :from_ms, :to_ms, :title, :why, :folded, :open, :author, :made_at)"         \
      " RETURNING id")                                                                             \
    X(EXEMPLAR_TAG, WRITE,                                                                         \
      "INSERT INTO exemplar_tags (tag, exemplar) VALUES (:tag, :exemplar) ON CONFLICT DO NOTHING") \
    X(EXEMPLAR_GET, READ, EXEMPLAR_ROW " WHERE x.id = :id AND " EXEMPLAR_SEES)                     \
    /* the library as a whole: hundreds, read through by its text filter */                        \
    X(EXEMPLAR_LIST, SCAN,                                                                         \
      EXEMPLAR_ROW                                                                                 \
      " WHERE (:type IS NULL OR c.type = :type)"                                                   \
      " AND (:channel IS NULL OR c.channel = :channel) AND (:call IS NULL OR c.id = :call)"        \
      " AND (:tag IS NULL OR EXISTS"                                                               \
      " (SELECT 1 FROM exemplar_tags g WHERE g.tag = :tag AND g.exemplar = x.id))"                 \
      " AND " EXEMPLAR_SEES " ORDER BY x.id DESC")                                                 \
    X(EXEMPLAR_TAGS, READ,                                                                         \
      "SELECT tag FROM exemplar_tags WHERE exemplar = :exemplar ORDER BY tag")                     \
    X(TAG_LIST, SCAN, "SELECT DISTINCT tag FROM exemplar_tags ORDER BY tag") /* all of them */     \
    X(ISSUE_ADD, WRITE,                                                                            \
      "INSERT INTO issues (title, what, locus, card, question, wrap_up, keyword, owner, state,"    \
      " fixed_on, opened_by, opened_at) VALUES (:title, :what, :locus, :card, :question,"          \
      " :wrap_up, :keyword, :owner, 0, 0, :opened_by, :opened_at) RETURNING id")                   \
    X(ISSUE_CHANGE, WRITE,                                                                         \
      "UPDATE issues SET title = :title, what = :what, card = :card, question = :question,"        \
      " wrap_up = :wrap_up, keyword = :keyword, owner = :owner WHERE id = :id")                    \
    X(ISSUE_MOVE, WRITE, "UPDATE issues SET state = :state, fixed_on = :fixed_on WHERE id = :id")  \
    X(ISSUE_FIXED_ON, READ, "SELECT fixed_on FROM issues WHERE id = :id")                          \
    X(ISSUE_MARK, WRITE,                                                                           \
      "INSERT INTO occurrences (issue, call, question, sheet, marked_by, marked_at)"               \
      " VALUES (:issue, :call, :question, :sheet, :marked_by, :marked_at)"                         \
      " ON CONFLICT (issue, call, question) DO NOTHING")                                           \
    X(ISSUE_GET, READ,                                                                             \
      "SELECT " ISSUE_ROW ISSUE_FROM " WHERE i.id = :id AND :sees > 0 GROUP BY i.id, u.name")      \
    /* every issue there is: tens */                                                               \
    X(ISSUE_LIST, SCAN,                                                                            \
      "SELECT " ISSUE_ROW ", count(*) OVER ()" ISSUE_FROM " WHERE :sees > 0"                       \
      " AND (:state IS NULL OR i.state = :state) AND (:card IS NULL OR i.card = :card)"            \
      " AND (:question IS NULL OR i.question = :question) GROUP BY i.id, u.name"                   \
      " ORDER BY max(c.place) DESC, i.id DESC LIMIT :limit OFFSET :offset")                        \
    X(OCCURRENCE_LIST, READ,                                                                       \
      OCCURRENCE_ROW                                                                               \
      " WHERE o.issue = :issue AND (:call IS NULL OR c.id = :call)" OCCURRENCE_NEWEST)             \
    X(OCCURRENCE_LIST_CALL, READ,                                                                  \
      OCCURRENCE_ROW " WHERE o.call = (SELECT n FROM calls WHERE id = :call)" OCCURRENCE_NEWEST)

#endif
