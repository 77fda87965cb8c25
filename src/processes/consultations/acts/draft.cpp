// consultations.draft and consultations.revise: an official writes a consultation; nobody else sees it before it is
// published.
#include "formats/law/law.h"
#include "kernel/base/encode.h"
#include "kernel/text/text.h"
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

enum class Language { en, nl, de };
BOOST_DESCRIBE_ENUM(Language, en, nl, de)

struct DraftAct {
  static constexpr std::string_view name = "consultations.draft";
  fields::Line<160> title;
  fields::Text<2'000> summary;
  fields::Text<2'000> can_change;
  fields::Text<2'000> cannot_change;
  Language language{};
  Date first_day;
  Date last_day;
  fields::File<20'000'000> law;
  std::optional<fields::Text<100'000>> note;
  fields::List<fields::Line<500>, 10> questions;
};
BOOST_DESCRIBE_STRUCT(DraftAct, (),
                      (title, summary, can_change, cannot_change, language, first_day, last_day, law, note, questions))

struct ReviseAct {
  static constexpr std::string_view name = "consultations.revise";
  Id consultation;
  fields::Line<160> title;
  fields::Text<2'000> summary;
  fields::Text<2'000> can_change;
  fields::Text<2'000> cannot_change;
  Language language{};
  Date first_day;
  Date last_day;
  std::optional<fields::File<20'000'000>> law;  ///< nothing: the draft stays as it is
  std::optional<fields::Text<100'000>> note;
  fields::List<fields::Line<500>, 10> questions;
};
BOOST_DESCRIBE_STRUCT(ReviseAct, (),
                      (consultation, title, summary, can_change, cannot_change, language, first_day, last_day, law,
                       note, questions))

namespace {

struct ReadLaw {
  Draft draft;
  std::vector<ArticleRow> articles;
};

/// Some laws have articles with neither number nor heading: their first words name them.
std::string label_of(const law::Article& article) {
  const std::string label = law::label(*article.division);
  return label.empty() ? text::excerpt(law::plain_text(*article.division), 60) : label;
}

Result<ReadLaw> read_law(std::string_view file_name, std::string_view bytes) {
  auto document = law::read(bytes);
  if (!document) {
    Refusal r{.why = Why::invalid, .message = {"fields.summary"}};
    r.fields.push_back({"law", document.error().message});
    return std::unexpected(std::move(r));
  }
  ReadLaw out{{std::string(file_name), hex(crypto::view(crypto::sha256(bytes))),
               std::string(law::name(document->format)), document->title, document->language, law::to_json(*document)},
              {}};
  std::int64_t position = 0;
  for (const auto& a : law::articles(*document)) out.articles.push_back({++position, a.eid, label_of(a), 0});
  return out;
}

/// A consultation on its way. To read its law takes longer than to write all of it, and is done before.
template <class A>
struct Writing {
  explicit Writing(A&& said) : act(std::move(said)) {}
  A act;
  Consultation c = {};
  std::optional<ReadLaw> law = {};
};

const fields::File<20'000'000>* file_of(const DraftAct& act) { return &act.law; }
const fields::File<20'000'000>* file_of(const ReviseAct& act) { return act.law ? &*act.law : nullptr; }

template <class A>
Done read_law(Writing<A>& writing) {
  const auto* file = file_of(writing.act);
  if (writing.law || file == nullptr) return {};
  TRY(writing.law, read_law(file->name, file->bytes));
  return {};
}

template <class A>
Done write_words(House& house, const Doing& doing, const A& act, Consultation& c) {
  const auto platform = house.platforms.list()->by_id(doing.platform);
  const Period when = period(act.first_day, act.last_day, platform->zone);
  if (when.closes_at <= when.opens_at) return refuse_field("last-day", {"consultations.ends-before-it-begins"});
  c.language = fields::word_of(act.language);
  c.title = act.title.value;
  c.summary = act.summary.value;
  c.can_change = act.can_change.value;
  c.cannot_change = act.cannot_change.value;
  c.note = act.note ? act.note->value : "";
  c.opens_at = when.opens_at;
  c.closes_at = when.closes_at;
  c.answer_by = when.closes_at + platform->charter.number("consultations", "answer_within_weeks") * 7 * day_ms;
  return {};
}

template <class A>
std::vector<std::string> question_words(const A& act) {
  std::vector<std::string> out;
  for (const auto& q : act.questions.items) out.push_back(q.value);
  return out;
}

/// The consultation that is being written: its words, what is asked, and an address that says its title. Once people
/// know that address it stays.
template <class A>
Result<Consultation> written(House& house, const Doing& doing, const A& act, Consultation c) {
  CHECK_DONE(write_words(house, doing, act, c));
  if (c.phase == Phase::draft) c.slug = store::free_slug(doing.tx, c.platform, slug_from(c.title), c.id);
  return c;
}

Result<Effect> draft(House& house, Doing& doing, Writing<DraftAct>& writing) {
  CHECK_DONE(read_law(writing));
  const DraftAct& act = writing.act;
  writing.c.platform = doing.platform;
  writing.c.made_at = doing.now;
  TRY(const Consultation c, written(house, doing, act, writing.c));
  store::insert(doing.tx, c);
  store::put_questions(doing.tx, c.id, question_words(act));
  store::put_draft(doing.tx, c.id, writing.law->draft, act.law.bytes, writing.law->articles);
  return Effect{.visibility = record::Visibility::parties, .made = c.id, .location = "consultations/" + c.slug};
}

/// The record names a draft by its id, which is therefore known before there is anything else.
Result<Subject> find_new(House& house, storage::ReadTx&, Id, Writing<DraftAct>& writing) {
  writing.c = {};
  writing.c.id = house.ids.next();
  return Subject{"consultations/" + str(writing.c.id), {}, false};
}

Result<Subject> find(House& house, storage::ReadTx& tx, Id platform, Writing<ReviseAct>& writing) {
  TRY(writing.c, consultation_here(tx, platform, writing.act.consultation));
  return subject_of(writing.c, house.clock.now());
}

Result<Effect> revise(House& house, Doing& doing, Writing<ReviseAct>& writing) {
  CHECK_DONE(read_law(writing));
  const ReviseAct& act = writing.act;
  TRY(const Consultation c, written(house, doing, act, writing.c));
  if (c.phase != Phase::draft) {
    const auto platform = house.platforms.list()->by_id(doing.platform);
    const auto weeks = platform->charter.number("consultations", "minimum_weeks");
    CHECK_DONE(check_period({c.opens_at, c.closes_at}, doing.now, weeks, platform->zone));
  }
  if (writing.law) store::put_draft(doing.tx, c.id, writing.law->draft, act.law->bytes, writing.law->articles);
  store::update(doing.tx, c);
  store::put_questions(doing.tx, c.id, question_words(act));
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
  return Effect{.visibility = c.phase == Phase::draft ? record::Visibility::parties : record::Visibility::open,
                .made = c.id,
                .location = "consultations/" + c.slug};
}

template <class A>
record::ActKind declare_writing(House& house, std::vector<std::string> phases,
                                Result<Subject> (*find)(House&, storage::ReadTx&, Id platform, Writing<A>&),
                                Result<Effect> (*apply)(House&, Doing&, Writing<A>&)) {
  return {std::string(A::name), std::move(phases), fields::describe<A>(),
          [&house, find, apply](const fields::json::object& raw) -> Result<record::Ready> {
            TRY(A act, fields::read<A>(raw));
            const auto writing = std::make_shared<Writing<A>>(std::move(act));
            return record::Ready{fields::write(writing->act),
                                 [&house, find, writing](storage::ReadTx& tx, Id platform) {
                                   return find(house, tx, platform, *writing);
                                 },
                                 [&house, apply, writing](Doing& doing) { return apply(house, doing, *writing); },
                                 [writing] { return read_law(*writing); }};
          }};
}

}  // namespace

void add_draft(House& house) {
  house.acts.add(declare_writing<DraftAct>(house, {}, find_new, draft));
  house.acts.add(declare_writing<ReviseAct>(house, {"draft", "announced"}, find, revise));
}

}  // namespace polder::consultations
