// polder demo: makes a demonstration to try everything on.
#include "app/demo.h"

#include "app/commands/terminal.h"
#include "kernel/metrics/log.h"

namespace polder::app {

void add_demo(CLI::App& app, Terminal& terminal) {
  auto* command = app.add_subcommand(
      "demo",
      "Make a demonstration: a ministry's three consultations and a company's three prizes, in an empty data folder");
  const auto plan = std::make_shared<DemoPlan>();
  terminal.needs_house(*command);
  command->add_option("--seed", plan->seed, "The same seed makes the same demonstration on the same day")
      ->capture_default_str();
  command->add_option("--responses", plan->responses, "How many people have responded")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000'000));
  command->callback([plan, &terminal] {
    log::start(log::Level::warn);
    const auto made = make_demo(terminal.plan, *plan, SystemClock{}.now());
    if (!made) return terminal.refused(made.error());
    terminal.out() << "Made " << made->consultations << " consultations with " << made->responses << " responses, and "
                   << made->challenges << " challenges with " << made->entries << " entries.\n";
  });
}

}  // namespace polder::app
