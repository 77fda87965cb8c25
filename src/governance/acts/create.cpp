// platforms.create: a platform from a charter, with its name, languages and first people.
#include <boost/describe.hpp>

#include "governance/acts/acts.h"
#include "governance/store.h"
#include "kernel/base/embedded.h"
#include "record/log.h"

namespace polder::governance {

enum class Speaks { en, nl, de };
BOOST_DESCRIBE_ENUM(Speaks, en, nl, de)

struct Create {
  static constexpr std::string_view name = "platforms.create";
  fields::Line<40> charter;  ///< one that comes with the program, by its file's name
  fields::Line<120> title;
  fields::Slug slug;
  fields::Line<120> operated_by;
  fields::List<Speaks, 3> languages;
  fields::Email administrator;
  fields::List<fields::Email, 50> officials;
};
BOOST_DESCRIBE_STRUCT(Create, (), (charter, title, slug, operated_by, languages, administrator, officials))

namespace {

/// Of the charters that come with the program; the server's own makes no platform.
std::optional<Charter> shipped(const ActMeans& means, const std::string& name) {
  const auto text = name == "server" ? std::nullopt : embedded("charters/" + name + ".toml");
  auto charter = text ? parse(*text, means.platforms.words()) : std::unexpected(std::vector<Fault>{});
  return charter ? std::optional(*std::move(charter)) : std::nullopt;
}

Result<record::Subject> find(ActMeans& means, storage::ReadTx&, Id platform, const Create& act) {
  // Whatever a platform's charter allows: only the server holds platforms.
  if (platform != record::server_platform) return refuse(Why::not_found, {"governance.no-platform"});
  // The server's record is everybody's to read; a closed platform is nobody's to find there.
  const auto charter = shipped(means, act.charter.value);
  const bool closed = charter && charter->openness == Openness::closed;
  return record::Subject{closed ? std::string(unnamed_platform) : "platforms/" + act.slug.value};
}

/// The role that writes: of those one can be appointed to, the first the charter lets draft something.
std::string writing_role(const Charter& charter) {
  for (const Rule& rule : charter.rules)
    if (rule.act.ends_with(".draft"))
      for (const auto& id : rule.who)
        if (const Role* role = charter.role(id); role != nullptr && role->how == How::appointed) return id;
  return {};
}

std::string appointing_role(const Charter& charter) {
  for (const Rule& rule : charter.rules)
    if (rule.act == "platforms.appoint")
      for (const auto& id : rule.who)
        if (charter.role(id) != nullptr) return id;
  return {};
}

Result<record::Effect> apply(ActMeans& means, record::Doing& doing, const Create& act) {
  if (is_reserved(act.slug.value) || store::slug_taken(doing.tx, act.slug.value))
    return refuse_field("slug", {"governance.slug-taken"});
  auto charter = shipped(means, act.charter.value);
  if (!charter) return refuse_field("charter", {"governance.no-charter"});

  if (!act.languages.items.empty()) {
    charter->languages.clear();
    for (const auto language : act.languages.items) charter->languages.push_back(fields::word_of(language));
  }
  const auto only = [&](const std::string& words) {
    LocalText out;
    for (const auto& language : charter->languages) out.texts.emplace_back(language, words);
    return out;
  };
  charter->name = only(act.title.value);
  charter->operated_by.name = only(act.operated_by.value);
  // What the charter says in languages this platform does not speak goes; what it says in its first one stays first.
  const std::string canonical_text = canonical(*charter);
  auto whole = parse(canonical_text, means.platforms.words());
  if (!whole) return refuse_field("languages", {"governance.languages-missing"});

  const Id id = doing.ids.next();
  store::insert_platform(doing.tx, {id, act.slug.value, canonical_text, doing.now});
  means.logs.create(doing.tx, id, means.host + '/' + act.slug.value + "/record");
  if (const auto role = appointing_role(*whole); !role.empty())
    give_role(doing.tx, id, act.administrator.value, role, doing.now);
  if (const auto role = writing_role(*whole); !role.empty())
    for (const auto& official : act.officials.items) give_role(doing.tx, id, official.value, role, doing.now);
  doing.renew("platforms");
  doing.afterwards([&means] { means.platforms.reload(); });
  return record::Effect{
      .visibility = whole->openness == Openness::open ? record::Visibility::open : record::Visibility::parties,
      .made = id,
      .location = act.slug.value};
}

}  // namespace

void add_create(record::Acts& acts, ActMeans& means) { acts.add(record::declare<Create>(means, {}, find, apply)); }

}  // namespace polder::governance
