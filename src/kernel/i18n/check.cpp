#include "kernel/i18n/check.h"

#include <unicode/messagepattern.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "kernel/i18n/icu.h"
#include "kernel/i18n/language.h"
#include "kernel/i18n/uses.h"

namespace polder::i18n {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Sentence {
  fs::path file;
  int line = 0;
  std::set<std::string> args = {};
  std::set<std::string> choosing = {};  ///< those that only choose a form
};

using Keys = std::map<std::string, Sentence>;

class Check {
 public:
  explicit Check(const fs::path& src) : src_(src) {}

  std::vector<std::string> run() {
    std::vector<fs::path> code;
    std::set<fs::path> folders;
    for (const auto& entry : fs::recursive_directory_iterator(src_)) {
      const auto& path = entry.path();
      if (entry.is_directory() && path.filename() == "messages") folders.insert(path);
      const bool is_code = path.extension() == ".h" || path.extension() == ".cpp";
      if (is_code && !path.stem().string().contains("test")) code.push_back(path);
    }
    std::ranges::sort(code);
    std::vector<Uses> uses;
    for (const auto& file : code) uses.push_back(uses_in(read(file)));
    for (std::size_t i = 0; i < code.size(); ++i)
      acts_[room_of(code[i], folders)].insert(uses[i].acts.begin(), uses[i].acts.end());
    for (const auto& folder : folders) read_folder(folder);
    for (std::size_t i = 0; i < code.size(); ++i) check_code(code[i], uses[i]);
    for (const auto& [key, sentence] : all_)
      if (!used(key)) fault(sentence.file, sentence.line, "\"" + key + "\" is used nowhere: use it or delete it");
    return std::move(faults_);
  }

 private:
  void fault(const fs::path& file, int line, const std::string& what) {
    faults_.push_back(file.string() + ":" + std::to_string(line) + ": " + what);
  }

  /// The messages folder of the room that a file of code stands in; none above the rooms.
  static fs::path room_of(const fs::path& file, const std::set<fs::path>& folders) {
    for (auto at = file.parent_path(); at.has_relative_path() && at != at.parent_path(); at = at.parent_path())
      if (folders.contains(at / "messages")) return at / "messages";
    return {};
  }

  /// Whether the room may say it: a sentence of its own, or a field of an act that it declares.
  bool belongs(const fs::path& folder, const std::string& key) {
    return key.starts_with(folder.parent_path().filename().string() + ".") ||
           std::ranges::any_of(acts_[folder], [&](const auto& act) { return key.starts_with(act + "."); });
  }

  void read_folder(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() != ".json" || !parse_language(entry.path().stem().string()))
        fault(entry.path(), 1, "does not belong here: a messages folder holds en.json, nl.json and de.json");
    std::vector<Keys> languages;
    for (const auto language : all_languages) languages.push_back(read_catalogue(folder, language));
    for (const auto& keys : languages)
      for (const auto& [key, sentence] : keys) compare(folder, key, sentence, languages);
    for (const auto& keys : languages)
      for (const auto& [key, sentence] : keys)
        all_.try_emplace(key, sentence).first->second.args.insert(sentence.args.begin(), sentence.args.end());
  }

  void compare(const fs::path& folder, const std::string& key, const Sentence& sentence,
               const std::vector<Keys>& languages) {
    for (std::size_t other = 0; other < languages.size(); ++other) {
      const auto file = folder / (std::string(code(all_languages[other])) + ".json");
      const auto found = languages[other].find(key);
      if (found == languages[other].end())
        fault(file, 1, "\"" + key + "\" is missing; " + sentence.file.filename().string() + " has it");
      else
        for (const auto& arg : sentence.args)
          if (!found->second.args.contains(arg) && !sentence.choosing.contains(arg))
            fault(file, found->second.line,
                  "\"" + key + "\" lacks the argument {" + arg + "}; " + sentence.file.filename().string() + " has it");
    }
  }

  Keys read_catalogue(const fs::path& folder, Language language) {
    Keys keys;
    const auto file = folder / (std::string(code(language)) + ".json");
    const auto bytes = read(file);
    boost::system::error_code error;
    const auto json = boost::json::parse(bytes, error);
    if (error || !json.is_object()) {
      fault(file, 1, !fs::exists(file) ? "is missing" : "is not a JSON object: " + error.message());
      return keys;
    }
    const auto prefix = folder.parent_path().filename().string() + ".";
    for (const auto& [name, value] : json.as_object()) {
      const std::string key(name);
      const auto at = bytes.find("\"" + key + "\"");
      const int line = at == std::string::npos ? 1 : 1 + int(std::count(bytes.begin(), bytes.begin() + long(at), '\n'));
      Sentence& sentence = keys[key];
      sentence = {file, line};
      if (!belongs(folder, key) || !is_key(key))
        fault(file, line,
              "\"" + key + "\" must begin with \"" + prefix +
                  "\" or an act of this room, and be of a-z, 0-9, '-' and '.'");
      if (bytes.find("\"" + key + "\":", at + 1) != std::string::npos)
        fault(file, line, "\"" + key + "\" stands here twice");
      if (!value.is_string())
        fault(file, line, "\"" + key + "\" must be a string");
      else
        read_pattern(sentence, key, value.as_string());
    }
    return keys;
  }

  void read_pattern(Sentence& sentence, const std::string& key, std::string_view text) {
    UParseError where{};
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessagePattern pattern(wide(text), &where, status);
    if (U_FAILURE(status))
      return fault(sentence.file, sentence.line,
                   "\"" + key + "\" is not valid MessageFormat (" + u_errorName(status) + ") near \"" +
                       narrow(icu::UnicodeString(where.postContext)) + "\"");
    for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
      const auto& part = pattern.getPart(i);
      if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER)
        fault(sentence.file, sentence.line, "\"" + key + "\" has a numbered argument: give it a name");
      if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) {
        const auto name = narrow(pattern.getSubstring(part));
        const auto type = pattern.getPart(i - 1).getArgType();
        const bool first = sentence.args.insert(name).second, chooses = type >= UMSGPAT_ARG_TYPE_CHOICE;
        if (first && chooses) sentence.choosing.insert(name);
        if (!chooses) sentence.choosing.erase(name);
        if (type == UMSGPAT_ARG_TYPE_PLURAL && has_one_form(pattern, i - 1))
          fault(sentence.file, sentence.line, "\"" + key + "\" has a plural with only \"other {…}\"");
      }
    }
  }

  static bool has_one_form(const icu::MessagePattern& pattern, std::int32_t start) {
    int forms = 0, depth = 0;
    for (std::int32_t i = start; i < pattern.getLimitPartIndex(start); ++i) {
      const auto type = pattern.getPart(i).getType();
      if (type == UMSGPAT_PART_TYPE_MSG_START) ++depth;
      if (type == UMSGPAT_PART_TYPE_MSG_LIMIT) --depth;
      if (type == UMSGPAT_PART_TYPE_ARG_SELECTOR && depth == 0) ++forms;
    }
    return forms < 2;
  }

  void check_code(const fs::path& file, Uses& uses) {
    for (const auto& act : uses.acts) families_.insert(act + ".");
    for (const auto& family : uses.families) {
      const auto first = all_.lower_bound(family.prefix);
      if (first == all_.end() || !first->first.starts_with(family.prefix))
        fault(file, family.line, "no message begins with \"" + family.prefix + "\"");
      families_.insert(family.prefix);
    }
    for (const auto& use : uses.keys) {
      const auto found = all_.find(use.key);
      if (found == all_.end()) {
        fault(file, use.line, "\"" + use.key + "\" is in no catalogue");
        continue;
      }
      if (!use.args) continue;
      for (const auto& arg : found->second.args)
        if (!use.args->contains(arg))
          fault(file, use.line, "\"" + use.key + "\" is not given the argument {" + arg + "} of its sentence");
    }
    for (const auto& literal : uses.literals)
      if (literal.contains('.') && (literal.ends_with('.') || literal.ends_with('-'))) families_.insert(literal);
    literals_.merge(uses.literals);
  }

  bool used(const std::string& key) const {
    return literals_.contains(key) ||
           std::ranges::any_of(families_, [&](const auto& family) { return key.starts_with(family); });
  }

  fs::path src_;
  Keys all_;
  std::map<fs::path, std::set<std::string>> acts_;  ///< by the messages folder of the room that declares them
  std::set<std::string> literals_, families_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_messages(const fs::path& src) { return Check(src).run(); }

}  // namespace polder::i18n
