// The house: every service there is, wired once by `main` and handed down; and what a process tells the house about
// itself when it moves in. Nothing here is global.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "governance/algorithms.h"
#include "governance/platforms.h"
#include "kernel/files/files.h"
#include "kernel/html/html.h"
#include "kernel/i18n/voice.h"
#include "kernel/jobs/jobs.h"
#include "kernel/mail/mail.h"
#include "kernel/storage/database.h"
#include "kernel/web/page_cache.h"
#include "kernel/web/router.h"
#include "record/acts.h"
#include "record/log.h"

namespace polder::people {

class Visit;
class PasswordPool;
struct House;

struct Settings {
  std::string base_url;         ///< "https://example.org", for links in mails and the record's origin
  std::string data;             ///< the data folder
  bool mail_in_folder = false;  ///< no mail server: mails become files, and the administrator may read them
  bool demo = false;            ///< one click gives any role: only a demo does so
  crypto::PasswordCost password_cost = {};
  bool quiet = false;       ///< no mail follows an act: while a demo is made, nobody is there to be written to
  bool rate_limits = true;  ///< off in the demo's making and in benchmarks
};

/// What a person left in a room's tables, by room: for erasure and for the copy they may download.
struct PersonalData {
  std::string room;
  /// Deletes it. `doing` gives the transaction and renews the pages that showed it.
  std::function<void(record::Doing& doing, Id person)> erase;
  /// Adds what is there to the copy, as JSON under the room's name.
  std::function<boost::json::value(storage::ReadTx& tx, Id person)> copy;
  /// The tables it deletes from: their freed space is overwritten after an erasure.
  std::vector<std::string_view> tables = {};
};

/// A link in a platform's main navigation.
struct Destination {
  std::string process;                 ///< shown on platforms whose charter runs it; empty: on every platform
  std::string words;                   ///< catalogue key
  std::string path;                    ///< below the platform: "consultations"
  std::vector<std::string> acts = {};  ///< shown to those who may do one of these; empty: to everybody
};

struct House {
  storage::Database& database;
  const Clock& clock;
  IdSource& ids;
  Random& random;
  const i18n::Catalogues& catalogues;
  governance::Vocabulary& words;
  governance::Platforms& platforms;
  record::Logs& logs;
  record::Acts& acts;
  web::PageCache& pages;
  jobs::Queue& queue;
  mail::Outbox& outbox;
  files::Files& files;
  Settings settings;

  web::Router<Visit> routes = {};
  std::vector<PersonalData> personal_data = {};
  std::vector<Destination> destinations = {};
  std::vector<Destination> footer = {};  ///< what every page of a platform leads to from its foot
  /// Rooms add what they run; what touches people runs under its entry here.
  governance::Algorithms algorithms = {};
  std::vector<jobs::Handler> job_handlers = {};
  std::vector<jobs::Recurring> recurring = {};
  /// Whether a row names this kept file. Each room whose rows name files says so here: what nobody knows is swept.
  std::vector<std::function<bool(storage::ReadTx& tx, std::string_view file)>> knows_file = {};
  std::shared_ptr<PasswordPool> passwords = {};  ///< made by people::install
  /// What a platform's front page shows for a process it runs.
  std::vector<std::pair<std::string, std::function<html::Html(Visit&)>>> fronts = {};
  i18n::Voice voice(i18n::Language language, const i18n::Zone& zone = i18n::Zone::utc()) const {
    return {catalogues, language, zone};
  }
};

}  // namespace polder::people
