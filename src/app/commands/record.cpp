// polder record verify, polder record audit: what anybody can check without us, offline or from elsewhere. They open no
// data folder and believe nothing but the key they are given.
#include <boost/json.hpp>
#include <filesystem>

#include "app/commands/terminal.h"
#include "app/rooms.h"
#include "kernel/base/encode.h"
#include "record/audit.h"
#include "record/audit_folder.h"
#include "record/http_source.h"
#include "record/proof.h"
#include "record/receipt.h"

namespace polder::app {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_key = 4'096;
constexpr std::size_t largest_receipt = 16u << 20;

struct Wishes {
  std::string what, key;
  bool json = false, quiet = false;
  std::vector<std::string> seen = {};
};

/// The verifier key itself, or a file that holds it.
Result<record::Verifier> read_key(const std::string& given) {
  std::string text = given;
  std::error_code ignored;
  if (std::filesystem::is_regular_file(given, ignored)) {
    TRY(text, read_file(given, largest_key));
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  return record::parse_vkey(text);
}

std::string act_in_words(const Terminal& terminal, const std::string& name) {
  auto words = governance::house_words();
  add_words(words);
  const auto* act = words.act(name);
  return act == nullptr ? name : terminal.say({act->words}) + " (" + name + ")";
}

/// "answers.0.words: …", one line a value.
void print_content(std::ostream& out, const json::value& value, const std::string& path) {
  if (const auto* object = value.if_object()) {
    for (const auto& [name, inner] : *object)
      print_content(out, inner, path.empty() ? std::string(name) : path + '.' + std::string(name));
  } else if (const auto* array = value.if_array()) {
    std::size_t i = 0;
    for (const auto& inner : *array) print_content(out, inner, path + '.' + std::to_string(i++));
  } else {
    std::string words = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    for (std::size_t at = 0; (at = words.find('\n', at)) != words.npos; at += 5) words.replace(at, 1, "\n    ");
    out << "  " << path << ": " << words << '\n';
  }
}

json::object as_json(const record::Verified& found) {
  boost::system::error_code malformed;
  json::value content = json::parse(found.content, malformed);
  return {{"valid", true},
          {"act", found.leaf.act},
          {"time", iso(found.leaf.time)},
          {"role", found.leaf.role},
          {"subject", found.leaf.subject},
          {"content", malformed ? json::value(found.content) : std::move(content)},
          {"entry", found.index},
          {"record",
           {{"origin", found.checkpoint.origin},
            {"size", found.checkpoint.size},
            {"root", base64(crypto::view(found.checkpoint.root))}}}};
}

void print(Terminal& terminal, const record::Verified& found) {
  auto& out = terminal.out();
  out << terminal.say({"app.receipt-holds"}) << "\n\n"
      << "  act:      " << act_in_words(terminal, found.leaf.act) << '\n'
      << "  time:     " << iso(found.leaf.time) << " (to the minute, by the server's clock)\n"
      << "  role:     " << found.leaf.role << '\n'
      << "  subject:  " << found.leaf.subject << '\n'
      << "  entry:    " << found.index << " of the record " << found.checkpoint.origin << ", which had "
      << found.checkpoint.size << (found.checkpoint.size == 1 ? " entry" : " entries")
      << " when it was signed\n\nWhat was recorded:\n\n";
  boost::system::error_code malformed;
  const json::value content = json::parse(found.content, malformed);
  if (malformed)
    out << found.content << '\n';
  else
    print_content(out, content, {});
}

/// A receipt that does not hold is an answer, and not a failure of the program: exit code 1 whatever is wrong with it.
void verify(Terminal& terminal, const Wishes& wishes) {
  const auto key = read_key(wishes.key);
  if (!key) return terminal.refused(key.error());
  const auto bytes = read_file(wishes.what, largest_receipt);
  if (!bytes) return terminal.refused(bytes.error());
  const auto found = record::verify_receipt(*bytes, *key);
  if (found) {
    if (wishes.json)
      terminal.out() << json::serialize(as_json(*found)) << '\n';
    else
      print(terminal, *found);
    return;
  }
  if (wishes.json)
    terminal.out() << json::serialize(json::object{{"valid", false},
                                                   {"code", found.error().message.key},
                                                   {"message", terminal.say(found.error().message)}})
                   << '\n';
  else
    terminal.refused(found.error());
  terminal.exit_with(exit_no);
}

Result<record::AuditReport> audit_source(const Wishes& wishes, const record::Verifier& key,
                                         const record::AuditOptions& options) {
  const bool web = wishes.what.starts_with("http://") || wishes.what.starts_with("https://");
  if (!web) {
    record::FolderSource folder(wishes.what);
    return record::audit(folder, key, options);
  }
  TRY(auto source, record::HttpSource::open(wishes.what));
  return record::audit(source, key, options);
}

Done audit(Terminal& terminal, const Wishes& wishes) {
  TRY(const auto key, read_key(wishes.key));
  record::AuditOptions options;
  for (const auto& file : wishes.seen) {
    TRY(auto note, read_file(file, record::max_note));
    options.seen.push_back(std::move(note));
  }
  if (!wishes.quiet)
    options.progress = [&](std::uint64_t done, std::uint64_t size) {
      terminal.err() << "\r" << done << " of " << size << " entries" << (done == size ? "\n" : "") << std::flush;
    };
  TRY(const auto report, audit_source(wishes, key, options));
  if (wishes.json)
    terminal.out() << json::serialize(json::object{{"valid", true},
                                                   {"origin", report.checkpoint.origin},
                                                   {"size", report.checkpoint.size},
                                                   {"root", base64(crypto::view(report.checkpoint.root))},
                                                   {"bundles", report.bundles},
                                                   {"tiles", report.tiles},
                                                   {"seen", report.seen}})
                   << '\n';
  else
    terminal.out() << terminal.say({"app.audit-clean",
                                    {{"origin", report.checkpoint.origin},
                                     {"size", std::int64_t(report.checkpoint.size)},
                                     {"seen", std::int64_t(report.seen)}}})
                   << '\n';
  return {};
}

}  // namespace

void add_record(CLI::App& app, Terminal& terminal) {
  auto* group = app.add_subcommand("record", "Check a receipt, or a whole record")->require_subcommand(1);
  const auto wishes = std::make_shared<Wishes>();
  const auto common = [&](CLI::App* command) {
    command->add_option("--key", wishes->key, "The platform's verifier key, or a file that holds it")->required();
    command->add_flag("--json", wishes->json, "The result as one JSON object");
  };
  auto* one = group->add_subcommand("verify", "Does this receipt hold? Needs no network");
  one->add_option("RECEIPT", wishes->what, "A .tlog-proof file; - for standard input")->required();
  common(one);
  one->callback([wishes, &terminal] { verify(terminal, *wishes); });
  auto* all = group->add_subcommand("audit", "Read a whole record and recompute it");
  all->add_option("RECORD", wishes->what, "Its address (https://example.org/water/record) or a folder")->required();
  common(all);
  all->add_option("--seen", wishes->seen,
                  "A checkpoint of this record kept earlier: it must be a beginning of today's");
  all->add_flag("--quiet", wishes->quiet, "No progress");
  all->callback([wishes, &terminal] {
    if (const auto done = audit(terminal, *wishes); !done) {
      terminal.refused(done.error());
      if (done.error().why != Why::unavailable) terminal.exit_with(exit_no);
    }
  });
}

}  // namespace polder::app
