// polder serve: opens the doors, and closes them when told to.
#include <sys/signalfd.h>
#include <unistd.h>
#include <csignal>

#include "app/clock.h"
#include "app/commands/terminal.h"
#include "app/server.h"
#include "app/setup.h"
#include "kernel/metrics/log.h"

namespace polder::app {
namespace {

struct Wishes {
  ServeOptions options;
  std::string listen = "127.0.0.1:8080";
};

/// Blocked before any thread is made, so that every thread inherits it and only `wait` hears of them.
sigset_t block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return set;
}

void wait(const sigset_t& set) {
  const int fd = ::signalfd(-1, &set, SFD_CLOEXEC);
  signalfd_siginfo info{};
  while (::read(fd, &info, sizeof info) < 0 && errno == EINTR) {
  }
  ::close(fd);
}

Done read_listen(const std::string& listen, http::Options& http) {
  const auto colon = listen.rfind(':');
  const auto wrong = [&] { return refuse(Why::invalid, {"app.listen-malformed", {{"listen", listen}}}); };
  if (colon == listen.npos) return wrong();
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string_view digits = std::string_view(listen).substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (host.empty() || digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return wrong();
  http.address = host;
  http.port = port;
  return {};
}

/// "https://example.org" without a path, a query or a slash at its end.
Done check_base_url(std::string& url) {
  while (url.ends_with('/')) url.pop_back();
  const bool scheme = url.starts_with("https://") || url.starts_with("http://");
  const auto host = scheme ? std::string_view(url).substr(url.find("://") + 3) : std::string_view{};
  if (host.empty() || host.find_first_of("/?#@ ") != host.npos)
    return refuse(Why::invalid, {"app.base-url-malformed", {{"url", url}}});
  return {};
}

/// A relay on this machine: nobody else can listen in, and few of them offer TLS.
bool is_on_this_machine(std::string_view smtp) {
  if (!smtp.starts_with("smtp://")) return false;
  const auto host = smtp.substr(std::string_view("smtp://").size());
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

Done serve(Terminal& terminal, ServeOptions options) {
  static SystemRandom random;
  const sigset_t signals = block_signals();
  log::start();
  TRY(const auto server, Server::start(std::move(options), serving_clock(), random));
  auto& house = server->building().house();
  terminal.out() << "Polder is at " << server->address() << std::endl;
  if (const auto setup = begin_setup(house); setup)
    terminal.out() << "Make the first administrator, within 24 hours, at " << server->address() << *setup << std::endl;
  if (house.settings.demo) terminal.out() << "This is a demonstration: everybody may take any role." << std::endl;
  wait(signals);
  server->stop();
  return {};
}

}  // namespace

void add_serve(CLI::App& app, Terminal& terminal) {
  auto* command = app.add_subcommand("serve", "Serve the platforms of a data folder over HTTP");
  const auto wishes = std::make_shared<Wishes>();
  auto& options = wishes->options;
  terminal.needs_house(*command);
  command->add_option("--listen", wishes->listen, "ADDRESS:PORT; port 0 takes any free one")->capture_default_str();
  command->add_option("--trusted-proxy", options.http.trusted_proxies,
                      "An address whose X-Forwarded-* headers are believed");
  command->add_option("--workers", options.http.workers, "Requests worked on at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  command
      ->add_option("--metrics-token", options.metrics_token,
                   "Who sends it as a bearer token may read /metrics and /healthz from elsewhere")
      ->envname("POLDER_METRICS_TOKEN");
  auto& mail = options.plan.mail;
  command
      ->add_option("--smtp", mail.server,
                   "smtp://host:587 (with STARTTLS, but for this machine) or smtps://host:465; otherwise mails become "
                   "files in the data folder")
      ->envname("POLDER_SMTP");
  command->add_option("--smtp-user", mail.user)->envname("POLDER_SMTP_USER");
  command->add_option("--smtp-password", mail.password)->envname("POLDER_SMTP_PASSWORD");
  command->add_option("--smtp-ca", mail.ca_file, "Certificates to trust for the mail server instead of the system's");
  command->add_option("--mail-from", mail.from, "The address that mails come from")->capture_default_str();
  command->callback([command, wishes, &terminal] {
    ServeOptions chosen = wishes->options;
    const mail::Settings mail_settings = chosen.plan.mail;
    chosen.plan = terminal.plan;
    chosen.plan.mail = mail_settings;
    if (is_on_this_machine(mail_settings.server)) chosen.plan.mail.tls = mail::Tls::none;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    chosen.base_url_given = command->count("--base-url") > 0 || std::getenv("POLDER_BASE_URL") != nullptr;
    Done done = read_listen(wishes->listen, chosen.http);
    if (done && chosen.base_url_given) done = check_base_url(chosen.plan.base_url);
    if (done) done = serve(terminal, std::move(chosen));
    if (!done) terminal.refused(done.error());
  });
}

}  // namespace polder::app
