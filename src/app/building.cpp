#include "app/building.h"

#include "app/migrations.h"
#include "app/rooms.h"
#include "kernel/base/embedded.h"
#include "kernel/metrics/log.h"
#include "people/applications.h"

namespace polder::app {
namespace {

std::string host_of(std::string_view base_url) {
  const auto at = base_url.find("://");
  return std::string(at == base_url.npos ? base_url : base_url.substr(at + 3));
}

mail::Settings with_folder(mail::Settings settings, const DataFolder& folder) {
  settings.folder = folder.path() / "mail";
  return settings;
}

governance::Vocabulary all_words() {
  governance::Vocabulary words = governance::house_words();
  add_words(words);
  return words;
}

}  // namespace

struct Building::Inside {
  DataFolder folder;
  const Clock& clock;
  Random& random;
  std::unique_ptr<storage::Database> database;

  std::set<Id> stopped = {};
  IdSource ids{clock, random};
  i18n::Catalogues catalogues{embedded_below("messages/")};
  governance::Vocabulary words = all_words();
  governance::Platforms platforms{*database, words};
  record::Logs logs{*database, clock, folder.secret(), folder.path() / "high-water"};
  web::PageCache pages{clock};
  record::Acts acts;
  jobs::Queue queue{ids};
  mail::Outbox outbox{ids, queue, clock};
  files::Files files;
  mail::Postman postman;
  people::House house;
  dialogue::Moderation moderation{house};
  governance::ActMeans governance_means;
  std::unique_ptr<storage::Listening> listening = {};  // last: its thread calls into all of the above

  Inside(DataFolder opened, const Plan& plan, const Clock& a_clock, Random& chance,
         std::unique_ptr<storage::Database> db, files::Files kept)
      : folder(std::move(opened)),
        clock(a_clock),
        random(chance),
        database(std::move(db)),
        acts({.database = *database,
              .clock = clock,
              .ids = ids,
              .random = random,
              .logs = logs,
              .gate = [this](storage::ReadTx& tx, Id platform, const record::Actor& actor, std::string_view act,
                             std::string_view phase) { return may(tx, platform, actor, act, phase); },
              .renewed = [this](Id platform, const std::vector<std::string>& subjects) { renew(platform, subjects); }}),
        files(std::move(kept)),
        postman(*database, clock, with_folder(plan.mail, folder)),
        house{.database = *database,
              .clock = clock,
              .ids = ids,
              .random = random,
              .catalogues = catalogues,
              .words = words,
              .platforms = platforms,
              .logs = logs,
              .acts = acts,
              .pages = pages,
              .queue = queue,
              .outbox = outbox,
              .files = files,
              .settings = {.base_url = plan.base_url,
                           .data = folder.path().string(),
                           .mail_in_folder = plan.mail.server.empty(),
                           .demo = folder.is_demo(),
                           .password_cost = plan.password_cost,
                           .rate_limits = plan.rate_limits}},
        governance_means{platforms, logs, host_of(plan.base_url), people::neighbours(house)} {}

  Result<std::string> may(storage::ReadTx& tx, Id platform, const record::Actor& actor, std::string_view act,
                          std::string_view phase) const {
    if (stopped.contains(platform)) return refuse(Why::unavailable, {"record.stopped"});
    return platforms.may(tx, platform, actor, act, phase);
  }

  /// Every page of a platform shows the platform itself; "*" means all of them, and of the server's own all there are.
  void renew(Id platform, std::vector<std::string> subjects) {
    for (auto& subject : subjects) {
      if (subject != "*") continue;
      if (platform == record::server_platform) return pages.clear();
      subject = platform_subject(platform);
    }
    pages.renew(subjects);
  }

  /// What another node did: a platform may be new, a charter another.
  void renew_from_elsewhere(std::string_view told) {
    const auto renewal = record::read_renewal(told);
    if (!renewal) return renew_all();
    if (renewal->platform == record::server_platform ||
        std::ranges::find(renewal->subjects, "*") != renewal->subjects.end())
      platforms.reload();
    renew(renewal->platform, renewal->subjects);
  }
  void renew_all() {
    platforms.reload();
    pages.clear();
  }
};

std::string platform_subject(Id platform) { return "platform/" + str(platform); }

Building::Building(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Building::~Building() = default;

Result<std::unique_ptr<Building>> Building::open(const Plan& plan, const Clock& clock, Random& random) {
  TRY(auto folder, DataFolder::open(plan.data, random));
  const std::string url = plan.database.empty() ? "sqlite:" + (folder.path() / "polder.db").string() : plan.database;
  TRY(auto database, storage::Database::open(
                         {.url = url, .readers = plan.readers, .batch = plan.batch, .sqlite_vfs = plan.sqlite_vfs}));
  CHECK_DONE(database->migrate(migrations()));
  TRY(auto files, files::Files::open(folder.path(), clock, random, folder.secret()));

  auto inside = std::make_unique<Inside>(std::move(folder), plan, clock, random, std::move(database), std::move(files));
  governance::add_acts(inside->acts, inside->governance_means);
  install(inside->house, inside->moderation);
  CHECK_DONE(inside->platforms.load(inside->logs, clock, inside->governance_means.host + "/record"));
  if (!inside->logs.check()) {
    inside->stopped = inside->logs.stopped();
    for (const Id platform : inside->stopped) log::error("record.stopped", {{"platform", platform}});
  }
  inside->listening =
      inside->database->listen([in = inside.get()](std::string_view words) { in->renew_from_elsewhere(words); },
                               [in = inside.get()] { in->renew_all(); });
  return std::unique_ptr<Building>(new Building(std::move(inside)));
}

people::House& Building::house() { return inside_->house; }
const DataFolder& Building::folder() const { return inside_->folder; }
const std::set<Id>& Building::stopped() const { return inside_->stopped; }

std::vector<jobs::Handler> Building::handlers() {
  auto all = inside_->house.job_handlers;
  for (auto& handler : inside_->postman.handlers()) all.push_back(std::move(handler));
  return all;
}

std::vector<jobs::Recurring> Building::recurring() {
  auto all = inside_->house.recurring;
  all.push_back(inside_->postman.prune());
  // What was done is signed within a second, whether or not anybody asks for a checkpoint.
  all.push_back({"record.checkpoints", second_ms, [inside = inside_.get()](const jobs::Lease&) {
                   const auto list = inside->platforms.list();
                   (void)inside->logs.checkpoint(list->server->id);
                   for (const auto& platform : list->all) (void)inside->logs.checkpoint(platform->id);
                 }});
  return all;
}

}  // namespace polder::app
