#include "processes/challenges/store_solvers.h"

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

#define TEAM_COLUMNS                                                                            \
  "t.id, t.challenge, t.name, t.organisation, t.entrant, t.country, t.merged_into, t.members, " \
  "t.made_at"
constexpr Statement select_team{"challenges.team", "SELECT " TEAM_COLUMNS " FROM challenge_teams t WHERE t.id = $1"};
constexpr Statement select_team_by_name{
    "challenges.team-by-name", "SELECT " TEAM_COLUMNS " FROM challenge_teams t WHERE t.challenge = $1 AND t.name = $2"};
constexpr Statement select_team_of{"challenges.team-of", "SELECT " TEAM_COLUMNS
                                                         " FROM challenge_members m JOIN challenge_teams t "
                                                         "ON t.id = m.team WHERE m.challenge = $1 AND m.person = $2"};
constexpr Statement select_teams{"challenges.teams", "SELECT " TEAM_COLUMNS
                                                     " FROM challenge_teams t WHERE t.challenge = $1 AND t.id > $2 "
                                                     "AND t.merged_into IS NULL ORDER BY t.id LIMIT $3"};
constexpr Statement select_asking{"challenges.asking-to-join",
                                  "SELECT " TEAM_COLUMNS
                                  " FROM challenge_teams t WHERE t.challenge = $1 AND "
                                  "t.wants_to_join = $2 AND t.merged_into IS NULL ORDER BY t.id LIMIT 50"};
constexpr Statement select_inviting{"challenges.teams-inviting",
                                    "SELECT " TEAM_COLUMNS
                                    " FROM challenge_invitations i JOIN challenge_teams t ON t.id = i.team WHERE "
                                    "i.challenge = $1 AND i.email = $2 AND t.merged_into IS NULL ORDER BY t.name "
                                    "LIMIT 50"};
#undef TEAM_COLUMNS
constexpr Statement add_team{"challenges.insert-team",
                             "INSERT INTO challenge_teams (id, challenge, name, organisation, entrant, country, "
                             "members, made_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)"};
constexpr Statement count_teams{"challenges.count-teams", "UPDATE challenges SET teams = teams + $2 WHERE id = $1"};
constexpr Statement update_wants{"challenges.ask-to-join",
                                 "UPDATE challenge_teams SET wants_to_join = $2 WHERE id = $1"};
constexpr Statement update_seen{"challenges.set-seen",
                                "UPDATE challenge_members SET version_seen = $3 WHERE challenge = $1 AND person = $2"};
constexpr Statement move_members{"challenges.move-members",
                                 "UPDATE challenge_members SET team = $2, leads = FALSE WHERE team = $1"};
constexpr Statement move_invitations{"challenges.move-invitations",
                                     "DELETE FROM challenge_invitations WHERE team = $1"};
constexpr Statement move_entries{"challenges.move-entries", "UPDATE challenge_entries SET team = $2 WHERE team = $1"};
constexpr Statement move_questions{"challenges.move-questions",
                                   "UPDATE challenge_questions SET team = $2 WHERE team = $1"};
constexpr Statement mark_merged{
    "challenges.mark-merged",
    "UPDATE challenge_teams SET merged_into = $2, members = 0, wants_to_join = NULL WHERE id = $1"};
constexpr Statement add_members{"challenges.add-members",
                                "UPDATE challenge_teams SET members = members + $2 WHERE id = $1"};
constexpr Statement remove_team{"challenges.delete-team", "DELETE FROM challenge_teams WHERE id = $1"};
constexpr Statement remove_team_invitations{"challenges.delete-team-invitations",
                                            "DELETE FROM challenge_invitations WHERE team = $1"};
constexpr Statement remove_team_drafts{"challenges.delete-team-drafts",
                                       "DELETE FROM challenge_entries WHERE team = $1 AND sealings = 0"};

constexpr Statement select_members{
    "challenges.members",
    "SELECT team, person, name, leads, joined_at, version_seen FROM challenge_members WHERE team = $1 "
    "ORDER BY joined_at, person"};
constexpr Statement select_member{"challenges.member",
                                  "SELECT team, person, name, leads, joined_at, version_seen FROM challenge_members "
                                  "WHERE challenge = $1 AND person = $2"};
constexpr Statement select_everybody{"challenges.members-of-challenge",
                                     "SELECT team, person, name, leads, joined_at, version_seen FROM challenge_members "
                                     "WHERE challenge = $1 AND person > $2 ORDER BY person LIMIT $3"};
constexpr Statement add_member{"challenges.insert-member",
                               "INSERT INTO challenge_members (challenge, person, team, name, leads, agreed_to, "
                               "joined_at, version_seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement remove_member{"challenges.delete-member",
                                  "DELETE FROM challenge_members WHERE challenge = $1 AND person = $2"};
constexpr Statement update_lead{"challenges.set-lead",
                                "UPDATE challenge_members SET leads = TRUE WHERE challenge = $1 AND person = $2"};
constexpr Statement select_memberships{
    "challenges.memberships", "SELECT challenge, team FROM challenge_members WHERE person = $1 ORDER BY challenge"};

constexpr Statement select_invitations{
    "challenges.invitations",
    "SELECT team, challenge, email, made_at FROM challenge_invitations WHERE team = $1 ORDER BY email LIMIT 100"};
constexpr Statement select_invited{"challenges.invited",
                                   "SELECT team FROM challenge_invitations WHERE team = $1 AND email = $2"};
constexpr Statement add_invitation{"challenges.invite",
                                   "INSERT INTO challenge_invitations (team, challenge, email, made_at) "
                                   "VALUES ($1, $2, $3, $4) ON CONFLICT (team, email) DO NOTHING"};
constexpr Statement remove_invitation{"challenges.drop-invitation",
                                      "DELETE FROM challenge_invitations WHERE team = $1 AND email = $2"};
constexpr Statement remove_address{"challenges.forget-address", "DELETE FROM challenge_invitations WHERE email = $1"};

#define QUESTION_COLUMNS "id, challenge, team, words, answer, asked_at, answered_at"
constexpr Statement select_questions{"challenges.questions", "SELECT " QUESTION_COLUMNS
                                                             " FROM challenge_questions WHERE challenge = $1 AND "
                                                             "id < $2 ORDER BY id DESC LIMIT $3"};
constexpr Statement select_question{"challenges.question",
                                    "SELECT " QUESTION_COLUMNS " FROM challenge_questions WHERE id = $1"};
#undef QUESTION_COLUMNS
constexpr Statement add_question{"challenges.insert-question",
                                 "INSERT INTO challenge_questions (id, challenge, team, words, asked_at) "
                                 "VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement update_question{"challenges.answer-question",
                                    "UPDATE challenge_questions SET answer = $2, answered_at = $3 WHERE id = $1"};

#define ENTRY_COLUMNS "id, challenge, team, number, state, title, answers, digest, sealings, act, sealed_at, reason"
constexpr Statement select_entry{"challenges.entry", "SELECT " ENTRY_COLUMNS " FROM challenge_entries WHERE id = $1"};
constexpr Statement select_of_team{"challenges.entries-of-team",
                                   "SELECT " ENTRY_COLUMNS " FROM challenge_entries WHERE team = $1 ORDER BY id"};
constexpr Statement select_entries{"challenges.entries", "SELECT " ENTRY_COLUMNS
                                                         " FROM challenge_entries WHERE challenge = $1 AND number > $2 "
                                                         "AND state NOT IN (0, 2) ORDER BY number LIMIT $3"};
constexpr Statement select_by_number{"challenges.entry-by-number",
                                     "SELECT " ENTRY_COLUMNS
                                     " FROM challenge_entries WHERE challenge = $1 AND number = $2 AND number > 0"};
#undef ENTRY_COLUMNS
constexpr Statement select_draft{"challenges.entry-draft",
                                 "SELECT draft_title, draft_answers FROM challenge_entries WHERE id = $1"};
constexpr Statement add_entry{"challenges.insert-entry",
                              "INSERT INTO challenge_entries (id, challenge, team, number, state, draft_title, "
                              "draft_answers, made_at) VALUES ($1, $2, $3, 0, 0, $4, $5, $6)"};
constexpr Statement update_draft{"challenges.put-entry-draft",
                                 "UPDATE challenge_entries SET draft_title = $2, draft_answers = $3 WHERE id = $1"};
constexpr Statement next_number{"challenges.next-entry-number",
                                "SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM challenge_entries "
                                "WHERE challenge = $1"};
constexpr Statement update_sealed{
    "challenges.seal-entry",
    "UPDATE challenge_entries SET title = draft_title, answers = draft_answers, digest = $2, act = $3, sealed_at = $4, "
    "number = $5, state = 1, sealings = sealings + 1 WHERE id = $1"};
constexpr Statement seal_files{"challenges.seal-files", "UPDATE challenge_files SET sealed = draft WHERE entry = $1"};
constexpr Statement count_entries{"challenges.count-entries",
                                  "UPDATE challenges SET entries = entries + $2 WHERE id = $1"};
constexpr Statement update_state{"challenges.set-entry-state",
                                 "UPDATE challenge_entries SET state = $2, reason = $3 WHERE id = $1"};

#define FILE_COLUMNS "id, entry, name, type, sha256, path, size, sealed, draft"
constexpr Statement select_files{"challenges.files",
                                 "SELECT " FILE_COLUMNS " FROM challenge_files WHERE entry = $1 ORDER BY id LIMIT 100"};
constexpr Statement select_file{"challenges.file", "SELECT " FILE_COLUMNS " FROM challenge_files WHERE id = $1"};
#undef FILE_COLUMNS
constexpr Statement select_path{"challenges.knows-file", "SELECT id FROM challenge_files WHERE path = $1"};
constexpr Statement add_file{
    "challenges.insert-file",
    "INSERT INTO challenge_files (id, challenge, entry, name, type, size, sha256, path, draft, "
    "sealed, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE, FALSE, $9)"};
constexpr Statement undraft_file{"challenges.undraft-file", "UPDATE challenge_files SET draft = FALSE WHERE id = $1"};
constexpr Statement remove_file{"challenges.delete-file", "DELETE FROM challenge_files WHERE id = $1"};
constexpr Statement remove_unused{"challenges.delete-unused-files",
                                  "DELETE FROM challenge_files WHERE entry = $1 AND NOT draft AND NOT sealed"};

constexpr Statement select_lonely{"challenges.erased-teams",
                                  "SELECT t.id FROM challenge_teams t JOIN challenge_members m ON m.team = t.id WHERE "
                                  "m.person = $1 AND t.members = 1"};
constexpr Statement blank_team{"challenges.erase-team",
                               "UPDATE challenge_teams SET name = $2, organisation = '' WHERE id = $1"};
constexpr Statement blank_entries{"challenges.erase-entries",
                                  "UPDATE challenge_entries SET draft_title = '', draft_answers = '[]', title = '', "
                                  "answers = '[]' WHERE team = $1"};
constexpr Statement blank_questions{"challenges.erase-questions",
                                    "UPDATE challenge_questions SET words = '' WHERE team = $1"};
constexpr Statement select_team_files{
    "challenges.erased-files",
    "SELECT f.path FROM challenge_files f JOIN challenge_entries e ON e.id = f.entry WHERE e.team = $1"};
constexpr Statement remove_team_files{
    "challenges.erase-files",
    "DELETE FROM challenge_files WHERE entry IN (SELECT id FROM challenge_entries WHERE team = $1)"};

Team team_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .name = r.get<std::string>(2),
          .organisation = r.get<std::string>(3),
          .entrant = Entrant(r.integer(4)),
          .country = r.get<std::string>(5),
          .merged_into = r.get<std::optional<Id>>(6).value_or(Id{}),
          .members = r.integer(7),
          .made_at = r.get<Time>(8)};
}

Member member_row(const Row& r) {
  return {.team = r.get<Id>(0),
          .person = r.get<Id>(1),
          .name = r.get<std::string>(2),
          .leads = r.boolean(3),
          .joined_at = r.get<Time>(4),
          .version_seen = r.integer(5)};
}

Invitation invitation_row(const Row& r) { return {r.get<Id>(0), r.get<Id>(1), r.get<std::string>(2), r.get<Time>(3)}; }

Question question_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .team = r.get<std::optional<Id>>(2).value_or(Id{}),
          .words = r.get<std::string>(3),
          .answer = r.get<std::string>(4),
          .asked_at = r.get<Time>(5),
          .answered_at = r.get<std::optional<Time>>(6)};
}

std::vector<std::string> strings(std::string_view json) {
  std::vector<std::string> out;
  const auto parsed = boost::json::parse(json);
  for (const auto& one : parsed.as_array()) out.emplace_back(one.as_string());
  return out;
}

std::string json_of(const std::vector<std::string>& all) {
  boost::json::array out;
  for (const auto& one : all) out.push_back(boost::json::string(one));
  return boost::json::serialize(out);
}

Entry entry_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .team = r.get<Id>(2),
          .number = r.integer(3),
          .state = EntryState(r.integer(4)),
          .title = r.get<std::string>(5),
          .answers = strings(r.text(6)),
          .digest = r.get<std::string>(7),
          .sealings = r.integer(8),
          .act = r.get<std::optional<Id>>(9).value_or(Id{}),
          .sealed_at = r.get<std::optional<Time>>(10),
          .reason = r.get<std::string>(11)};
}

FileRow file_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .entry = r.get<Id>(1),
          .name = r.get<std::string>(2),
          .type = r.get<std::string>(3),
          .sha256 = r.get<std::string>(4),
          .path = r.get<std::string>(5),
          .size = r.integer(6),
          .sealed = r.boolean(7),
          .draft = r.boolean(8)};
}

Id below(Id before) { return before == Id{} ? Id{std::numeric_limits<std::int64_t>::max()} : before; }

}  // namespace

std::optional<Team> team(ReadTx& tx, Id id) { return tx.one<Team>(select_team, team_row, id); }
std::optional<Team> team_by_name(ReadTx& tx, Id challenge, std::string_view name) {
  return tx.one<Team>(select_team_by_name, team_row, challenge, name);
}
std::optional<Team> team_of(ReadTx& tx, Id challenge, Id person) {
  return tx.one<Team>(select_team_of, team_row, challenge, person);
}
std::vector<Team> teams(ReadTx& tx, Id challenge, Id after, std::int64_t limit) {
  return tx.all<Team>(select_teams, team_row, challenge, after, limit);
}
std::vector<Team> asking_to_join(ReadTx& tx, Id team_id) {
  const auto t = team(tx, team_id);
  return t ? tx.all<Team>(select_asking, team_row, t->challenge, team_id) : std::vector<Team>{};
}
void insert_team(WriteTx& tx, const Team& t) {
  tx.exec(add_team, t.id, t.challenge, t.name, t.organisation, std::int64_t(t.entrant), t.country, t.made_at);
  tx.exec(count_teams, t.challenge, std::int64_t{1});
}
void ask_to_join(WriteTx& tx, Id team, std::optional<Id> other) { tx.exec(update_wants, team, other); }
void set_seen(WriteTx& tx, Id challenge, Id person, std::int64_t version) {
  tx.exec(update_seen, challenge, person, version);
}

void merge(WriteTx& tx, const Team& from, const Team& into) {
  tx.exec(move_members, from.id, into.id);
  tx.exec(move_invitations, from.id);
  tx.exec(move_entries, from.id, into.id);
  tx.exec(move_questions, from.id, into.id);
  tx.exec(mark_merged, from.id, into.id);
  tx.exec(add_members, into.id, from.members);
  tx.exec(count_teams, from.challenge, std::int64_t{-1});
}

void delete_team(WriteTx& tx, const Team& t) {
  tx.exec(remove_team_invitations, t.id);
  tx.exec(remove_team_files, t.id);
  tx.exec(remove_team_drafts, t.id);
  tx.exec(remove_team, t.id);
  tx.exec(count_teams, t.challenge, std::int64_t{-1});
}

std::vector<Member> members(ReadTx& tx, Id team) { return tx.all<Member>(select_members, member_row, team); }
std::optional<Member> member(ReadTx& tx, Id challenge, Id person) {
  return tx.one<Member>(select_member, member_row, challenge, person);
}
std::vector<Member> members_of_challenge(ReadTx& tx, Id challenge, Id after, std::int64_t limit) {
  return tx.all<Member>(select_everybody, member_row, challenge, after, limit);
}
void insert_member(WriteTx& tx, Id challenge, const Member& m, std::int64_t agreed_to) {
  tx.exec(add_member, challenge, m.person, m.team, m.name, m.leads, agreed_to, m.joined_at, m.version_seen);
  tx.exec(add_members, m.team, std::int64_t{1});
}
void delete_member(WriteTx& tx, Id challenge, const Member& m) {
  tx.exec(remove_member, challenge, m.person);
  tx.exec(add_members, m.team, std::int64_t{-1});
}
void set_lead(WriteTx& tx, Id challenge, Id person) { tx.exec(update_lead, challenge, person); }
std::vector<std::pair<Id, Id>> memberships(ReadTx& tx, Id person) {
  return tx.all<std::pair<Id, Id>>(
      select_memberships, [](const Row& r) { return std::pair(r.get<Id>(0), r.get<Id>(1)); }, person);
}

std::vector<Invitation> invitations(ReadTx& tx, Id team) {
  return tx.all<Invitation>(select_invitations, invitation_row, team);
}
bool invited(ReadTx& tx, Id team, std::string_view email) {
  return tx.value<Id>(select_invited, team, email).has_value();
}
std::vector<Team> inviting(ReadTx& tx, Id challenge, std::string_view email) {
  return tx.all<Team>(select_inviting, team_row, challenge, email);
}
void invite(WriteTx& tx, const Invitation& i) { tx.exec(add_invitation, i.team, i.challenge, i.email, i.made_at); }
void drop_invitation(WriteTx& tx, Id team, std::string_view email) { tx.exec(remove_invitation, team, email); }
void forget_address(WriteTx& tx, std::string_view email) { tx.exec(remove_address, email); }

std::vector<Question> questions(ReadTx& tx, Id challenge, Id before, std::int64_t limit) {
  return tx.all<Question>(select_questions, question_row, challenge, below(before), limit);
}
std::optional<Question> question(ReadTx& tx, Id id) { return tx.one<Question>(select_question, question_row, id); }
void insert_question(WriteTx& tx, const Question& q) {
  tx.exec(add_question, q.id, q.challenge, q.team, q.words, q.asked_at);
}
void answer_question(WriteTx& tx, Id id, std::string_view answer, Time at) { tx.exec(update_question, id, answer, at); }

std::optional<Entry> entry(ReadTx& tx, Id id) { return tx.one<Entry>(select_entry, entry_row, id); }
std::optional<Draft> draft_of(ReadTx& tx, Id entry) {
  return tx.one<Draft>(
      select_draft, [](const Row& r) { return Draft{r.get<std::string>(0), strings(r.text(1))}; }, entry);
}
std::vector<Entry> entries_of_team(ReadTx& tx, Id team) { return tx.all<Entry>(select_of_team, entry_row, team); }
std::vector<Entry> entries(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit) {
  return tx.all<Entry>(select_entries, entry_row, challenge, after, limit);
}
std::optional<Entry> entry_by_number(ReadTx& tx, Id challenge, std::int64_t number) {
  return tx.one<Entry>(select_by_number, entry_row, challenge, number);
}
void insert_entry(WriteTx& tx, Id id, Id challenge, Id team, const Draft& draft, Time at) {
  tx.exec(add_entry, id, challenge, team, draft.title, json_of(draft.answers), at);
}
void put_draft(WriteTx& tx, Id entry, const Draft& draft) {
  tx.exec(update_draft, entry, draft.title, json_of(draft.answers));
}
void seal(WriteTx& tx, const Entry& e, std::string_view digest, Id act, Time at) {
  const auto number = e.number > 0 ? e.number : tx.value<std::int64_t>(next_number, e.challenge).value_or(1);
  tx.exec(update_sealed, e.id, digest, act, at, number);
  tx.exec(seal_files, e.id);
  tx.exec(remove_unused, e.id);
  if (e.state != EntryState::sealed) tx.exec(count_entries, e.challenge, std::int64_t{1});
}
void set_state(WriteTx& tx, const Entry& e, EntryState state, std::string_view reason) {
  tx.exec(update_state, e.id, std::int64_t(state), reason);
  const auto counts = [](EntryState s) { return s != EntryState::draft && s != EntryState::withdrawn; };
  if (counts(e.state) != counts(state)) tx.exec(count_entries, e.challenge, std::int64_t{counts(state) ? 1 : -1});
}

std::vector<FileRow> files(ReadTx& tx, Id entry) { return tx.all<FileRow>(select_files, file_row, entry); }
std::optional<FileRow> file(ReadTx& tx, Id id) { return tx.one<FileRow>(select_file, file_row, id); }
bool knows_file(ReadTx& tx, std::string_view path) { return tx.value<Id>(select_path, path).has_value(); }
void insert_file(WriteTx& tx, Id challenge, const FileRow& f, Time at) {
  tx.exec(add_file, f.id, challenge, f.entry, f.name, f.type, f.size, f.sha256, f.path, at);
}
bool drop_file(WriteTx& tx, const FileRow& f) {
  tx.exec(f.sealed ? undraft_file : remove_file, f.id);
  return !f.sealed;
}

std::vector<std::string> erase_solver(WriteTx& tx, Id person) {
  std::vector<std::string> paths;
  const auto lonely = tx.all<Id>(select_lonely, [](const Row& r) { return r.get<Id>(0); }, person);
  for (const Id id : lonely) {
    tx.each(select_team_files, [&](const Row& r) { paths.push_back(r.get<std::string>(0)); }, id);
    tx.exec(remove_team_files, id);
    tx.exec(blank_team, id, "–" + str(id));
    tx.exec(blank_entries, id);
    tx.exec(blank_questions, id);
    tx.exec(remove_team_invitations, id);
  }
  for (const auto& [challenge, team] : memberships(tx, person))
    if (const auto m = member(tx, challenge, person)) delete_member(tx, challenge, *m);
  return paths;
}

}  // namespace polder::challenges::store
