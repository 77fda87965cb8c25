// The building: a data folder and a database opened, with a house in it in which every room has moved in. The server,
// the commands, the demo and the tests each open one; nothing here listens or runs by itself.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/data_folder.h"
#include "governance/platforms.h"
#include "kernel/mail/mail.h"
#include "people/house.h"

namespace polder::app {

/// The reasons for which a building looks as it does, from the command line or a test.
struct Plan {
  std::filesystem::path data;
  std::string database = {};                       ///< empty: SQLite in the data folder
  std::string base_url = "http://127.0.0.1:8080";  ///< for links in mails and the records' origins; without '/'
  mail::Settings mail = {};                        ///< its folder is always the data folder's
  crypto::PasswordCost password_cost = {};
  bool rate_limits = true;
  std::size_t readers = 4;      ///< read connections: one a worker
  std::size_t batch = 128;      ///< writes in one commit at most (storage::Options)
  std::string sqlite_vfs = {};  ///< the benchmarks' slow disk
};

class Building {
 public:
  static Result<std::unique_ptr<Building>> open(const Plan& plan, const Clock& clock, Random& random);
  ~Building();
  Building(const Building&) = delete;
  Building& operator=(const Building&) = delete;

  people::House& house();
  const DataFolder& folder() const;

  /// Platforms whose record does not extend what was signed before: nothing is recorded there until that is mended.
  const std::set<Id>& stopped() const;

  /// Handlers and recurring work of every room, of mail and of the record, for the runner.
  std::vector<jobs::Handler> handlers();
  std::vector<jobs::Recurring> recurring();

 private:
  struct Inside;
  explicit Building(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace polder::app
