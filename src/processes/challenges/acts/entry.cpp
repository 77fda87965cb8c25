// challenges.write-entry, .acknowledge, .seal, .withdraw-entry: an entry is written by its team, and sealed: its
// commitment is in the record at once, its content is nobody's to read before entries close.
#include "kernel/text/text.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct AnswerPart {
  fields::Number<1, 20> question;
  std::optional<fields::Text<20'000>> words;
};
BOOST_DESCRIBE_STRUCT(AnswerPart, (), (question, words))

struct WriteEntry {
  static constexpr std::string_view name = "challenges.write-entry";
  Id challenge;
  std::optional<Id> entry;               ///< nothing: a new one
  std::optional<fields::Line<64>> base;  ///< the digest of what was on the page when writing began
  fields::Line<160> title;
  fields::List<AnswerPart, 20> answers;
};
BOOST_DESCRIBE_STRUCT(WriteEntry, (), (challenge, entry, base, title, answers))

struct Acknowledge {
  static constexpr std::string_view name = "challenges.acknowledge";
  Id challenge;
  fields::Number<1, 10'000> amendment;
};
BOOST_DESCRIBE_STRUCT(Acknowledge, (), (challenge, amendment))

/// The digest says which words are sealed: those that the sender saw last, or none.
struct Seal {
  static constexpr std::string_view name = "challenges.seal";
  Id challenge;
  Id entry;
  fields::Line<64> digest;
};
BOOST_DESCRIBE_STRUCT(Seal, (), (challenge, entry, digest))

struct WithdrawEntry {
  static constexpr std::string_view name = "challenges.withdraw-entry";
  Id challenge;
  Id entry;
};
BOOST_DESCRIBE_STRUCT(WithdrawEntry, (), (challenge, entry))

std::string draft_digest(storage::ReadTx& tx, Id entry) {
  const auto draft = store::draft_of(tx, entry);
  std::vector<FileDigest> files;
  for (const FileRow& f : store::files(tx, entry))
    if (f.draft) files.push_back({f.name, f.sha256});
  return draft ? digest(draft->title, draft->answers, std::move(files)) : "";
}

namespace {

std::string path_of(const Challenge& c, Id entry) { return "challenges/" + c.slug + "/entries/" + str(entry); }

Result<store::Draft> draft_from(const WriteEntry& act, const Statement& s) {
  store::Draft draft{act.title.value, std::vector<std::string>(s.entry.items.size())};
  std::set<std::int64_t> seen;
  std::size_t row = 0;
  for (const AnswerPart& part : act.answers.items) {
    const std::string path = "answers." + std::to_string(row++) + ".words";
    const std::int64_t n = part.question.value;
    if (n > std::int64_t(s.entry.items.size()) || !seen.insert(n).second)
      return refuse_field(path, {"challenges.no-such-question"});
    const std::string words = part.words ? part.words->value : "";
    const std::int64_t most = s.entry.items[std::size_t(n - 1)].at_most.value;
    if (const auto over = std::int64_t(text::length(words)) - most; over > 0)
      return refuse_field(path, {"fields.too-long", {{"max", most}, {"over", over}}});
    draft.answers[std::size_t(n - 1)] = words;
  }
  return draft;
}

Result<Effect> write(House&, Doing& doing, const WriteEntry& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (!me) return refuse(Why::forbidden, {"challenges.join-first"});
  TRY(const store::Draft draft, draft_from(act, s));
  Id id = act.entry.value_or(Id{});
  if (act.entry) {
    TRY(const Entry e, own_draft(doing, c, *act.entry));
    // Two of a team who write at once: the later one reads what the other wrote before it is gone.
    if (act.base && act.base->value != draft_digest(doing.tx, e.id))
      return refuse(Why::conflict, {"challenges.changed-meanwhile"});
    store::put_draft(doing.tx, e.id, draft);
  } else {
    const auto entries = store::entries_of_team(doing.tx, me->team);
    const auto counted =
        std::ranges::count_if(entries, [](const Entry& e) { return e.state != EntryState::withdrawn; });
    if (counted >= s.entries_a_team.value) return refuse(Why::conflict, {"challenges.no-more-entries"});
    id = doing.ids.next();
    store::insert_entry(doing.tx, id, c.id, me->team, draft, doing.now);
  }
  return Effect{.visibility = record::Visibility::hidden, .made = id, .location = path_of(c, id)};
}

Result<Effect> acknowledge(House&, Doing& doing, const Acknowledge& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (!me) return refuse(Why::forbidden, {"challenges.join-first"});
  if (act.amendment.value != c.version) return refuse(Why::conflict, {"challenges.amended-again"});
  store::set_seen(doing.tx, c.id, me->person, c.version);
  return Effect{.visibility = record::Visibility::hidden, .location = "challenges/" + c.slug + "/team"};
}

Done complete(const Statement& s, const store::Draft& draft, std::size_t files) {
  for (std::size_t i = 0; i < s.entry.items.size(); ++i)
    if (!s.entry.items[i].optional && (i >= draft.answers.size() || draft.answers[i].empty()))
      return refuse(Why::invalid, {"challenges.answer-missing", {{"question", s.entry.items[i].label.value}}});
  if (s.entry.items.empty() && files == 0) return refuse(Why::invalid, {"challenges.file-missing"});
  return {};
}

Result<Effect> seal(House& house, Doing& doing, const Seal& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Entry e, own_draft(doing, c, act.entry));
  if (store::member(doing.tx, c.id, doing.actor.person)->version_seen != c.version)
    return refuse(Why::conflict, {"challenges.see-the-amendment", {{"n", c.version}}});
  if (act.digest.value != draft_digest(doing.tx, e.id)) return refuse(Why::conflict, {"challenges.changed-meanwhile"});
  const auto files = store::files(doing.tx, e.id);
  const auto drafted = std::ranges::count_if(files, [](const FileRow& f) { return f.draft; });
  CHECK_DONE(complete(statement_of(doing.tx, c), *store::draft_of(doing.tx, e.id), std::size_t(drafted)));
  store::seal(doing.tx, e, act.digest.value, doing.act, doing.now);
  follow(house, doing, "challenges.send-receipt", "act", doing.act);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::hidden, .made = e.id, .location = "receipts/" + str(doing.act)};
}

Result<Effect> withdraw(House&, Doing& doing, const WithdrawEntry& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Entry e, own_draft(doing, c, act.entry));
  store::set_state(doing.tx, e, EntryState::withdrawn, "");
  renew(doing, c);
  return Effect{.visibility = record::Visibility::hidden, .made = e.id, .location = path_of(c, e.id)};
}

}  // namespace

void add_entry(House& house) {
  house.acts.add(record::declare<WriteEntry>(house, {"announced", "open"}, before_it_closes<WriteEntry>, write));
  house.acts.add(
      record::declare<Acknowledge>(house, {"announced", "open"}, before_it_closes<Acknowledge>, acknowledge));
  house.acts.add(record::declare<Seal>(house, {"open"}, before_it_closes<Seal>, seal));
  house.acts.add(record::declare<WithdrawEntry>(house, {"open"}, before_it_closes<WithdrawEntry>, withdraw));
}

}  // namespace polder::challenges
