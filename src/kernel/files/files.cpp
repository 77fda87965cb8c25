#include "kernel/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "kernel/base/encode.h"

namespace polder::files {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t step = 16u << 20;  // bytes after which the disk is made to keep what it has
constexpr std::size_t id_size = 32, mac_size = 16, head_size = mac_size + 8 + 16 + 8 + 32;

std::unexpected<Refusal> by_errno(std::string_view what) {
  const int fault = errno;
  const bool full = fault == ENOSPC || fault == EDQUOT || fault == EFBIG;
  return refuse(Why::unavailable, {full ? "files.no-room" : "files.disk"},
                std::string(what) + ": " + std::generic_category().message(fault));
}

bool is_id(std::string_view id) { return id.size() == id_size && id.find_first_not_of("0123456789abcdef") == id.npos; }

bool sync_folder(const fs::path& folder) {
  const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return open && ::fsync(open.get()) == 0;
}

std::string word(std::uint64_t n) {
  std::string out(8, 0);
  for (char& c : out) {
    c = char(n >> 56);
    n <<= 8;
  }
  return out;
}

std::uint64_t number(std::string_view bytes) {
  std::uint64_t n = 0;
  for (const unsigned char c : bytes) n = n << 8 | c;
  return n;
}

}  // namespace

// ---- On its way in ----

Incoming& Incoming::operator=(Incoming&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(reserve_, other.reserve_);
  std::swap(size_, other.size_);
  std::swap(synced_, other.synced_);
  std::swap(syncing_, other.syncing_);
  std::swap(sum_, other.sum_);
  std::swap(hash_, other.hash_);
  return *this;
}

Incoming::~Incoming() {
  if (file_) ::unlink(path_.c_str());  // after keep() there is nothing under this name
}

Done Incoming::write(std::string_view bytes) {
  if (hash_) throw std::logic_error("an incoming file is written to after its end");
  struct statvfs disk{};
  if (::fstatvfs(file_.get(), &disk) != 0) return by_errno("statvfs");
  if (std::uint64_t(disk.f_bavail) * disk.f_frsize < reserve_ + bytes.size())
    return refuse(Why::unavailable, {"files.no-room"}, "the disk's reserve is reached");
  if (size_ - synced_ >= step) CHECK_DONE(sync_beside());
  sum_.add(bytes);
  while (!bytes.empty()) {
    const auto n = ::write(file_.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return by_errno("write");
    size_ += std::uint64_t(n);
    bytes.remove_prefix(std::size_t(n));
  }
  return {};
}

/// What is written while the rest still comes need not be waited for at the end.
Done Incoming::sync_beside() {
  using namespace std::chrono_literals;
  if (syncing_.valid()) {
    if (syncing_.wait_for(0s) != std::future_status::ready) return {};
    CHECK_DONE(syncing_.get());
  }
  synced_ = size_;
  syncing_ = std::async(std::launch::async, [file = file_.get()]() -> Done {
    if (::fdatasync(file) != 0) return by_errno("fdatasync");
    return {};
  });
  return {};
}

Done Incoming::sync() {
  // A fault is told once: to whoever waits for the file first.
  if (syncing_.valid()) CHECK_DONE(syncing_.get());
  if (::fsync(file_.get()) != 0) return by_errno("fsync");
  return {};
}

const crypto::Hash& Incoming::sha256() {
  if (!hash_) hash_ = sum_.end();
  return *hash_;
}

// ---- Out again ----

void Reading::read(std::uint64_t offset, std::size_t most, std::string& out) const {
  out.resize(std::size_t(std::min<std::uint64_t>(most, size_ - std::min(size_, offset))));
  for (std::size_t got = 0; got < out.size();) {
    const auto n = ::pread(file_.get(), out.data() + got, out.size() - got, off_t(offset + got));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw std::system_error(n < 0 ? errno : EIO, std::generic_category(), "reading a kept file");
    got += std::size_t(n);
  }
}

// ---- The store ----

Files::Files(const fs::path& data, const Clock& clock, Random& random, std::string key, std::uint64_t reserve)
    : incoming_(data / "incoming"),
      kept_(data / "files"),
      clock_(clock),
      random_(random),
      key_(std::move(key)),
      reserve_(reserve) {}

Result<Files> Files::open(const fs::path& data, const Clock& clock, Random& random, std::string_view secret,
                          std::uint64_t reserve) {
  Files files(data, clock, random, crypto::bytes_of(crypto::hmac_sha256(secret, "polder files ticket")), reserve);
  std::error_code error;
  for (const auto& folder : {files.incoming_, files.kept_}) {
    if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
    if (error) return refuse(Why::unavailable, {"files.disk"}, folder.string() + ": " + error.message());
  }
  // What a crash left: nobody is sending it any more.
  for (const auto& left : fs::directory_iterator(files.incoming_, error)) fs::remove_all(left.path(), error);
  if (!sync_folder(data)) return by_errno(data.string());
  return files;
}

fs::path Files::path_of(std::string_view id) const { return kept_ / id.substr(0, 2) / id; }

Result<Incoming> Files::receive() {
  auto path = incoming_ / hex(random_.bytes(id_size / 2));
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file) return by_errno("incoming");
  return Incoming(std::move(path), std::move(file), reserve_);
}

Result<Stored> Files::keep(Incoming incoming) {
  Stored stored{.id = incoming.path_.filename().string(), .size = incoming.size(), .sha256 = incoming.sha256()};
  const auto path = path_of(stored.id);
  // The sweep goes by this clock and not by the machine's.
  const auto now = clock_.now();
  const timespec at{.tv_sec = now.ms / 1'000, .tv_nsec = now.ms % 1'000 * 1'000'000};
  const timespec times[] = {at, at};
  if (::futimens(incoming.file_.get(), times) != 0) return by_errno("futimens");
  CHECK_DONE(incoming.sync());
  if (::mkdir(path.parent_path().c_str(), S_IRWXU) == 0) {
    if (!sync_folder(kept_)) return by_errno("files");
  } else if (errno != EEXIST) {
    return by_errno("files");
  }
  if (::rename(incoming.path_.c_str(), path.c_str()) != 0) return by_errno("rename");
  if (!sync_folder(path.parent_path())) {
    const auto refused = by_errno("files");
    ::unlink(path.c_str());
    return refused;
  }
  return stored;
}

Result<Reading> Files::read(std::string_view id) const {
  struct stat about{};
  if (!is_id(id)) return refuse(Why::not_found, {"files.gone"});
  Descriptor file(::open(path_of(id).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) {
    if (errno == ENOENT) return refuse(Why::not_found, {"files.gone"});
    return by_errno("open");
  }
  if (::fstat(file.get(), &about) != 0) return by_errno("stat");
  return Reading(std::move(file), std::uint64_t(about.st_size));
}

Done Files::remove(std::string_view id) {
  if (!is_id(id)) return {};
  if (::unlink(path_of(id).c_str()) != 0 && errno != ENOENT) return by_errno("unlink");
  return {};
}

std::size_t Files::sweep(const std::function<bool(std::string_view id)>& known, Time before) {
  std::size_t removed = 0;
  for (const auto& folder : fs::directory_iterator(kept_))
    for (const auto& file : fs::directory_iterator(folder.path())) {
      const auto id = file.path().filename().string();
      struct stat about{};
      if (!is_id(id) || ::stat(file.path().c_str(), &about) != 0) continue;
      const Time kept{about.st_mtim.tv_sec * 1'000 + about.st_mtim.tv_nsec / 1'000'000};
      if (kept < before && !known(id) && remove(id)) ++removed;
    }
  return removed;
}

// ---- Tickets: mac, time, id, size, hash, name ----

std::string Files::ticket(const Stored& file, std::string_view name) const {
  std::string said = word(std::uint64_t(clock_.now().ms));
  said += unhex(file.id).value();
  said += word(file.size);
  said += crypto::view(file.sha256);
  said += name;
  return base64url(crypto::bytes_of(crypto::hmac_sha256(key_, said)).substr(0, mac_size) + said);
}

Result<Claim> Files::redeem(std::string_view ticket) const {
  const auto unknown = refuse(Why::invalid, {"files.ticket"});
  const auto bytes = unbase64url(ticket);
  if (!bytes || bytes->size() < head_size) return unknown;
  std::string_view said(*bytes);
  const auto mac = said.substr(0, mac_size);
  said.remove_prefix(mac_size);
  if (!crypto::equal(mac, crypto::bytes_of(crypto::hmac_sha256(key_, said)).substr(0, mac_size))) return unknown;
  const Time made{std::int64_t(number(said.substr(0, 8)))};
  Claim claim{.file = {.id = hex(said.substr(8, 16)),
                       .size = number(said.substr(24, 8)),
                       .sha256 = crypto::hash_of(said.substr(32, 32)).value()},
              .name = std::string(said.substr(64))};
  struct stat about{};
  if (clock_.now() - made > ticket_life_ms || ::stat(path_of(claim.file.id).c_str(), &about) != 0)
    return refuse(Why::conflict, {"files.gone"});
  return claim;
}

}  // namespace polder::files
