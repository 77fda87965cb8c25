// Runs a fuzz target without libFuzzer, so that g++ builds try the same targets as ordinary tests: the empty input,
// every file named on the command line (folders are walked), then a fixed number of inputs made from these by chance.
// The chance is the same in every run. An input that brings the target down is kept in the temporary folder; running
// the program with that file repeats the fall.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

using namespace std::literals;

namespace {

constexpr int kRounds = 5'000;
constexpr std::size_t kLongest = 4'096;

std::string g_keep_at;
const std::string* g_current = nullptr;

extern "C" void keep_input(int signal) {
  if (std::FILE* file = std::fopen(g_keep_at.c_str(), "wb")) {
    std::fwrite(g_current->data(), 1, g_current->size(), file);
    std::fclose(file);
    std::fprintf(stderr, "the input that did this is kept in %s\n", g_keep_at.c_str());
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::string& input) {
  g_current = &input;
  // An allocation of exactly this size, as libFuzzer does, so that reading one byte past it is seen.
  const std::vector<unsigned char> exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

class Chance {
 public:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }

  char byte() {
    static constexpr std::string_view telling =
        "\0\n\r\t \"'<>&{}[]()/\\=;:,.#%*_`|-+0123456789aAzZ\x7f\x80\xbf\xc2\xe2\xf0\xff"sv;
    return below(4) == 0 ? static_cast<char>(below(256)) : telling[below(telling.size())];
  }

  std::string bytes() {
    std::string made(below(below(8) == 0 ? kLongest : 64), '\0');
    for (char& c : made) c = byte();
    return made;
  }

  /// Some changes to a known input: what is nearly right reaches further into a parser than noise does.
  std::string variation(std::string of, const std::vector<std::string>& others) {
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
      const std::size_t at = below(of.size() + 1);
      switch (below(6)) {
        case 0:
          of.erase(at, 1 + below(16));
          break;
        case 1:
          of.insert(at, 1, byte());
          break;
        case 2:
          of.insert(at, of.substr(below(of.size() + 1), 1 + below(256)));
          break;
        case 3:
          of.resize(at);
          break;
        case 4: {
          const std::string& other = others[below(others.size())];
          of.insert(at, other.substr(below(other.size() + 1), 1 + below(256)));
          break;
        }
        default:
          if (at < of.size()) of[at] = below(2) == 0 ? byte() : static_cast<char>(of[at] ^ (1 << below(8)));
      }
    }
    if (of.size() > 64 * kLongest) of.resize(64 * kLongest);
    return of;
  }

 private:
  std::mt19937_64 engine_{1};
};

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> seeds(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::path path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
      if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);  // folders come in any order
  std::vector<std::string> read{""};
  for (const auto& file : files) read.push_back(contents(file));
  return read;
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&argc, &argv);
  g_keep_at = std::filesystem::temp_directory_path() / (std::filesystem::path(argv[0]).filename().string() + "-input");
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, keep_input);

  const std::vector<std::string> known = seeds({argv + 1, argv + argc});
  for (const std::string& input : known) run(input);
  Chance chance;
  for (int round = 0; round < kRounds; ++round) {
    const std::string& seed = known[chance.below(known.size())];
    run(seed.empty() ? chance.bytes() : chance.variation(seed, known));
  }
  std::printf("%zu inputs\n", known.size() + kRounds);
}
