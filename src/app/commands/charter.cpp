// polder charter check FILE: every fault at its line, with what would be right.
#include "governance/charter.h"
#include "app/commands/terminal.h"
#include "app/rooms.h"

namespace polder::app {
namespace {

governance::Vocabulary every_word() {
  auto words = governance::house_words();
  add_words(words);
  return words;
}

Result<int> check(Terminal& terminal, const std::string& file) {
  TRY(const std::string text, read_file(file, governance::most_bytes + 1));
  const auto charter = governance::parse(text, every_word());
  const auto say = [&](const Message& message) { return terminal.say(message); };
  if (!charter) {
    terminal.err() << governance::report(file, charter.error(), say);
    return exit_no;
  }
  terminal.out() << file << ": "
                 << terminal.say({"app.charter-good",
                                  {{"name", std::string(charter->name.in("en").text)},
                                   {"roles", std::int64_t(charter->roles.size())},
                                   {"rules", std::int64_t(charter->rules.size())}}})
                 << '\n';
  return 0;
}

}  // namespace

void add_charter(CLI::App& app, Terminal& terminal) {
  auto* group = app.add_subcommand("charter", "The file that says what a platform is")->require_subcommand(1);
  auto* command =
      group->add_subcommand("check", "Name every fault in a charter: file, line, column, key, and what would be right");
  const auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "The charter (TOML); - for standard input")->required();
  command->callback([file, &terminal] {
    const auto code = check(terminal, *file);
    code ? terminal.exit_with(*code) : terminal.refused(code.error());
  });
}

}  // namespace polder::app
