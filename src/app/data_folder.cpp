#include "app/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "kernel/base/encode.h"

namespace polder::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t secret_size = 32;

auto unusable(const fs::path& path, std::string cause) {
  return refuse(Why::unavailable, {"app.folder-unusable", {{"path", path.string()}, {"cause", std::move(cause)}}});
}

auto by_errno(const fs::path& path) { return unusable(path, std::generic_category().message(errno)); }

/// A file descriptor that closes itself.
struct File {
  int fd;
  explicit File(int descriptor) : fd(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd >= 0) ::close(fd);
  }
};

/// Written whole and safe on disk before it gets its name: a secret that was lost half-way signs nothing ever again.
Result<std::string> make_secret(const fs::path& path, Random& random) {
  const std::string secret = random.bytes(secret_size);
  const std::string text = hex(secret) + '\n';
  const fs::path beside = path.string() + ".new";
  {
    const File file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.fd < 0 || ::write(file.fd, text.data(), text.size()) != ssize_t(text.size()) || ::fsync(file.fd) != 0)
      return by_errno(beside);
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) return by_errno(path);
  const File folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.fd < 0 || ::fsync(folder.fd) != 0) return by_errno(path.parent_path());
  return secret;
}

Result<std::string> read_secret(const fs::path& path, Random& random) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) {
    if (errno == ENOENT) return make_secret(path, random);
    return by_errno(path);
  }
  struct stat about{};
  if (::fstat(file.fd, &about) != 0) return by_errno(path);
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return refuse(Why::forbidden, {"app.secret-open", {{"path", path.string()}}});
  std::array<char, 2 * secret_size + 2> bytes{};
  const auto got = ::read(file.fd, bytes.data(), bytes.size());
  std::string_view text(bytes.data(), got < 0 ? 0 : std::size_t(got));
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto secret = unhex(text);
  if (!secret || secret->size() != secret_size)
    return refuse(Why::invalid, {"app.secret-malformed", {{"path", path.string()}}});
  return *std::move(secret);
}

}  // namespace

Result<DataFolder> DataFolder::open(const fs::path& given, Random& random) {
  std::error_code error;
  const fs::path path = fs::absolute(given, error);
  const bool fresh = fs::create_directories(path, error);
  if (error) return unusable(path, error.message());
  if (fresh) fs::permissions(path, fs::perms::owner_all, error);

  const int lock = ::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock < 0) return by_errno(path / "lock");
  DataFolder folder(path, lock);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
    return refuse(Why::conflict, {"app.folder-locked", {{"path", path.string()}}});
  TRY(folder.secret_, read_secret(path / "secret", random));
  return folder;
}

DataFolder::DataFolder(fs::path path, int lock) : path_(std::move(path)), lock_(lock) {}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), secret_(std::move(other.secret_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) ::close(lock_);
}

bool DataFolder::is_demo() const {
  std::error_code ignored;
  return fs::exists(path_ / "demo", ignored);
}

}  // namespace polder::app
