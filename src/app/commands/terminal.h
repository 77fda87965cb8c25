// The console as `main` gives it to every command: English on standard output and standard error, a house on demand.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "app/building.h"
#include "people/console.h"

namespace polder::app {

/// What a refusal makes of the exit code; README.md of this room lists them.
int exit_code(Why why);
inline constexpr int exit_no = 1;     ///< what was checked has faults, what was verified does not hold
inline constexpr int exit_usage = 2;  ///< the command line cannot be understood

class Terminal final : public people::Console {
 public:
  Terminal(std::ostream& out, std::ostream& err);

  void needs_house(CLI::App& command) override;
  void in_house(const std::function<Done(people::House&)>& work) override;
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  std::string say(const Message& message) const override { return catalogues_.say(i18n::Language::en, message); }
  void refused(const Refusal& refusal) override;
  void exit_with(int code) override { code_ = code; }

  int code() const { return code_; }
  const i18n::Catalogues& catalogues() const { return catalogues_; }
  i18n::Voice voice() const { return {catalogues_, i18n::Language::en, i18n::Zone::utc()}; }
  Plan plan = {};  ///< filled by the options of `needs_house`

 private:
  std::ostream &out_, &err_;
  i18n::Catalogues catalogues_;
  int code_ = 0;
};

/// The whole command line: parses, runs, answers the exit code.
int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

// ---- the commands of this room, one a file ----
void add_serve(CLI::App& app, Terminal& terminal);
void add_charter(CLI::App& app, Terminal& terminal);
void add_record(CLI::App& app, Terminal& terminal);
void add_law(CLI::App& app, Terminal& terminal);
void add_acts(CLI::App& app, Terminal& terminal);
void add_user(CLI::App& app, Terminal& terminal);
void add_demo(CLI::App& app, Terminal& terminal);

/// A file's bytes, or those of standard input for "-". Refuses what cannot be read and what is larger than `most`.
Result<std::string> read_file(const std::string& path, std::size_t most);

}  // namespace polder::app
