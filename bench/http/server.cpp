// Serves the bytes of one file as a finished page at every path, until its input ends: the server's side of
// bench/http/against_nginx.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "kernel/http/server.h"

int main(int argc, char** argv) {
  using namespace polder::http;
  if (argc != 2) {
    std::cerr << "usage: http_bench_server FILE\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  Response response{.body = std::make_shared<const std::string>(std::istreambuf_iterator<char>(file),
                                                                std::istreambuf_iterator<char>())};
  response.header("Content-Type", "text/html; charset=utf-8");
  auto page = finish(response);
  Server server({.port = 0}, {.handle = [](const Request&) { return text(404, "not here\n"); },
                              .finished = [&](const Head&) { return page; }});
  if (auto started = server.start(); !started) {
    std::cerr << started.error().cause << '\n';
    return 1;
  }
  std::cout << server.port() << std::endl;
  while (std::getchar() != EOF) {
  }
  server.stop();
}
