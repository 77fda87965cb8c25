// Delivery into a folder, for the demo and for whoever has no mail server yet: one .eml file a mail, named by its id.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "kernel/mail/deliver.h"

namespace polder::mail {
namespace {

namespace fs = std::filesystem;

class Folder final : public Delivery {
 public:
  explicit Folder(const Settings& settings) : folder_(settings.folder) {}

  /// Whole or not at all, and for the owner's eyes only.
  jobs::Outcome deliver(Id id, const std::string&, const std::string& message) override {
    std::error_code error;
    fs::create_directories(folder_, error);
    const auto file = folder_ / (str(id) + ".eml");
    const auto half = folder_ / (str(id) + ".half");
    const int fd = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return jobs::Outcome::retry(std::generic_category().message(errno));
    bool written = true;
    for (std::string_view rest = message; written && !rest.empty();) {
      const auto n = ::write(fd, rest.data(), rest.size());
      if (n < 0 && errno != EINTR) written = false;
      if (n > 0) rest.remove_prefix(static_cast<std::size_t>(n));
    }
    if (written) written = ::fsync(fd) == 0;
    const int fault = errno;
    ::close(fd);
    if (!written) {
      ::unlink(half.c_str());
      return jobs::Outcome::retry(std::generic_category().message(fault));
    }
    fs::rename(half, file, error);
    return error ? jobs::Outcome::retry(error.message()) : jobs::Outcome{};
  }

  void sweep(const std::function<bool(Id)>& known) override {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
      const auto extension = entry.path().extension();
      if (extension != ".eml" && extension != ".half") continue;
      const auto id = parse_id(entry.path().stem().string());
      if (id && !known(*id)) fs::remove(entry.path(), error);
    }
  }

 private:
  fs::path folder_;
};

}  // namespace

std::unique_ptr<Delivery> by_folder(const Settings& settings) { return std::make_unique<Folder>(settings); }

}  // namespace polder::mail
