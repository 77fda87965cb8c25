// The command line as a room below the roof sees it. A room that has commands says
//
//   void add_commands(CLI::App& app, people::Console& console);
//
// and adds its subcommands to `app`. What it needs of a house it asks of the console; which data folder and database
// that is, how a refusal is told and with which exit code, is the roof's matter (src/app/commands).
#pragma once

#include <functional>
#include <iosfwd>

#include "kernel/base/result.h"

namespace CLI {
class App;
}

namespace polder::people {

struct House;

class Console {
 public:
  virtual ~Console() = default;

  /// Adds --data, --database and --base-url to a command that works in a house.
  virtual void needs_house(CLI::App& command) = 0;
  /// Opens that house, runs `work` in it and tells its refusal. Call it from the command's callback.
  virtual void in_house(const std::function<Done(House&)>& work) = 0;

  /// Where a command's result goes. What is said about it (progress, faults) goes to `err`.
  virtual std::ostream& out() = 0;
  virtual std::ostream& err() = 0;
  /// A sentence in English: the command line speaks no other language.
  virtual std::string say(const Message& message) const = 0;
  /// Tells why not, with each field's fault, and sets the exit code.
  virtual void refused(const Refusal& refusal) = 0;
  /// The exit code, where there is no refusal to tell ("the file has faults").
  virtual void exit_with(int code) = 0;
};

}  // namespace polder::people
