// polder acts: which acts there are, with their fields. polder act NAME: does one, read and recorded like any other.
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/commands/terminal.h"
#include "governance/platforms.h"
#include "kernel/base/encode.h"
#include "kernel/fields/schema.h"
#include "kernel/web/form.h"
#include "people/person.h"

namespace polder::app {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_input = 64u << 20;

struct Wishes {
  std::string name, platform, as, file, key;
  std::vector<std::string> fields;
  bool json = false;
};

/// A house of paper: rooms that have moved in, to be asked what they can do, and gone afterwards.
class PaperFolder {
 public:
  PaperFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "polder-XXXXXX").string();
    if (::mkdtemp(path.data()) != nullptr) path_ = path;
  }
  PaperFolder(const PaperFolder&) = delete;
  PaperFolder& operator=(const PaperFolder&) = delete;
  ~PaperFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string_view kind_words(fields::Kind kind) {
  using fields::Kind;
  switch (kind) {
    case Kind::line:
      return "one line";
    case Kind::text:
      return "text";
    case Kind::email:
      return "e-mail address";
    case Kind::password:
      return "password";
    case Kind::slug:
      return "name for an address";
    case Kind::address:
      return "web address";
    case Kind::number:
      return "whole number";
    case Kind::decimal:
      return "decimal";
    case Kind::flag:
      return "true or false";
    case Kind::date:
      return "date";
    case Kind::moment:
      return "date and time";
    case Kind::wall_time:
      return "date and time on the platform's clock (2026-12-01T17:00)";
    case Kind::choice:
      return "one of";
    case Kind::choices:
      return "any of";
    case Kind::id:
      return "id";
    case Kind::file:
      return "file (@PATH)";
    case Kind::group:
      return "group";
    case Kind::list:
      return "list of";
  }
  return "";
}

void print_field(std::ostream& out, const fields::Field& field, const std::string& path) {
  if (field.kind == fields::Kind::group) {
    for (const auto& member : field.fields)
      print_field(out, member, path.empty() ? member.name : path + '.' + member.name);
    return;
  }
  if (field.kind == fields::Kind::list && field.fields.front().kind == fields::Kind::group)
    return print_field(out, field.fields.front(), path + ".N");
  out << "    " << path << ": " << kind_words(field.kind);
  if (field.kind == fields::Kind::list) out << ' ' << kind_words(field.fields.front().kind);
  for (const auto& option : field.options) out << (option == field.options.front() ? " " : ", ") << option;
  out << (field.required ? "" : " (optional)") << '\n';
}

Done list_acts(Terminal& terminal, people::House& house, const Wishes& wishes) {
  json::object all;
  for (const auto& [name, kind] : house.acts.all()) {
    if (wishes.json) {
      all.emplace(name, fields::schema(kind.fields));
      continue;
    }
    const auto* word = house.words.act(name);
    terminal.out() << name << (word != nullptr ? "  " + terminal.say({word->words}) : "") << '\n';
    print_field(terminal.out(), kind.fields, {});
  }
  if (wishes.json) terminal.out() << json::serialize(all) << '\n';
  return {};
}

/// "questions.0.words=Why?" as a form would send it; "file=@PATH" is an upload.
Result<json::object> read_fields(const std::vector<std::string>& given) {
  std::string body;
  std::vector<std::pair<std::string, json::object>> uploads;
  for (const auto& one : given) {
    const auto equals = one.find('=');
    if (equals == one.npos) return refuse(Why::invalid, {"app.field-malformed", {{"field", one}}});
    const std::string name = one.substr(0, equals), value = one.substr(equals + 1);
    if (value.starts_with('@')) {
      const std::filesystem::path path = value.substr(1);
      TRY(const std::string bytes, read_file(path.string(), largest_input));
      uploads.emplace_back(name, json::object{{"name", path.filename().string()}, {"base64", base64(bytes)}});
    } else {
      body += (body.empty() ? "" : "&") + percent(name) + '=' + percent(value);
    }
  }
  TRY(json::object out, web::read_body("application/x-www-form-urlencoded", body));
  for (auto& [name, upload] : uploads) out[name] = std::move(upload);
  return out;
}

Result<record::Actor> find_actor(people::House& house, const std::string& address, Id platform) {
  if (address.empty()) return record::Actor::console();
  return house.database.read([&](storage::ReadTx& tx) -> Result<record::Actor> {
    const auto person = people::find_person_by_email(tx, address);
    if (!person) return refuse(Why::not_found, {"app.no-such-person", {{"address", address}}});
    return record::Actor{.kind = record::Actor::Kind::person,
                         .person = person->id,
                         .roles = governance::roles_of_address(tx, platform, person->email)};
  });
}

Done perform(Terminal& terminal, people::House& house, const Wishes& wishes) {
  const auto platforms = house.platforms.list();
  const auto platform = wishes.platform.empty() ? platforms->server : platforms->by_slug(wishes.platform);
  if (!platform) return refuse(Why::not_found, {"app.no-such-platform", {{"slug", wishes.platform}}});
  TRY(const auto actor, find_actor(house, wishes.as, platform->id));
  json::object fields;
  if (!wishes.file.empty()) {
    TRY(const std::string text, read_file(wishes.file, largest_input));
    TRY(fields, web::read_json(text));
  } else {
    TRY(fields, read_fields(wishes.fields));
  }
  TRY(const auto done, house.acts.perform({platform->id, actor, wishes.name, fields, wishes.key}));
  terminal.out() << json::serialize(json::object{{"act", str(done.act)},
                                                 {"position", done.position},
                                                 {"made", done.made ? json::value(str(done.made)) : json::value()},
                                                 {"location", done.location},
                                                 {"repeated", done.repeated}})
                 << '\n';
  return {};
}

}  // namespace

void add_acts(CLI::App& app, Terminal& terminal) {
  const auto wishes = std::make_shared<Wishes>();
  auto* list = app.add_subcommand("acts", "List the acts of this program with their fields");
  list->add_flag("--json", wishes->json, "As JSON Schema");
  list->callback([wishes, &terminal] {
    const PaperFolder paper;
    terminal.plan.data = paper.path();
    terminal.in_house([&](people::House& house) { return list_acts(terminal, house, *wishes); });
  });

  auto* act = app.add_subcommand("act", "Do an act, as the console or as a person");
  terminal.needs_house(*act);
  act->add_option("NAME", wishes->name, "As `polder acts` lists it")->required();
  act->add_option("--platform", wishes->platform, "The platform's name in addresses; without it, the server itself");
  auto* one = act->add_option("--field", wishes->fields, "name=value, or name=@PATH for a file; once for each field");
  act->add_option("--json", wishes->file, "A file with all fields as one JSON object; - for standard input")
      ->excludes(one);
  act->add_option("--as", wishes->as, "The e-mail address of the person who acts, with that person's roles");
  act->add_option("--key", wishes->key, "Idempotency key: with the same one the act is done once");
  act->callback([wishes, &terminal] {
    terminal.in_house([&](people::House& house) { return perform(terminal, house, *wishes); });
  });
}

}  // namespace polder::app
