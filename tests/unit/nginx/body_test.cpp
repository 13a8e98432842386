// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

using namespace steward::test;

namespace {

/// Keeps what is put, and gives it back.
constexpr std::string_view files = "dav_methods PUT DELETE; create_full_put_path on; client_max_body_size 0;\n";

/// Bytes of every value, in no order that a cut would keep.
std::string bytes(std::size_t size)
{
    std::string all(size, '\0');
    unsigned state = 1;
    for (char& each : all)
        each = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
    return all;
}

class nginx_body : public nginx_scene {};

TEST_F(nginx_body, arrives_as_it_was_sent_whatever_its_size)
{
    serve(files);
    auto api = client();
    for (const std::size_t size : {0U, 1U, 4'095U, 16'384U, 65'537U, 16'000'001U}) {
        const std::string sent = bytes(size), name = "sizes/" + std::to_string(size);
        EXPECT_EQ(api.put(name, sent, "application/octet-stream").status, 201);
        EXPECT_EQ(std::filesystem::file_size(nginx->file(name)), size);
        EXPECT_TRUE(api.get(name).body == sent) << size;
    }
}

TEST_F(nginx_body, may_come_in_chunks_whose_number_nobody_knows)
{
    serve(std::string{files} + "sub_filter_types *; sub_filter never again;"); // whose length nginx cannot foretell
    auto api = client();
    const std::string sent = bytes(5'000'000);
    api.put("/large", sent, "text/plain");
    const auto response = api.get("/large");
    EXPECT_EQ(response.header("Transfer-Encoding"), "chunked");
    EXPECT_TRUE(response.body == sent);
    EXPECT_EQ(api.del("/large").status, 204);
}

TEST_F(nginx_body, is_refused_above_max_body_whether_its_length_is_told_or_not)
{
    serve("location /chunks { sub_filter_types *; sub_filter never again; }");
    std::filesystem::create_directory(nginx->file("chunks"));
    nginx->write("told", bytes(1'001));
    nginx->write("chunks/untold", bytes(1'001));
    nginx->write("short", "short");
    auto api = client({.max_body = 1'000});
    for (const std::string_view path : {"/told", "/chunks/untold"}) {
        EXPECT_EQ(error_of([&] { api.get(path); }).code(), http_errc::too_large) << path;
        EXPECT_EQ(api.get("/short").body, "short");
    }
}

TEST_F(nginx_body, may_be_asked_for_in_part)
{
    serve("");
    nginx->write("file", "0123456789");
    const auto part = client().get("/file", {{"Range", "bytes=3-5"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "345");
    EXPECT_EQ(part.header("Content-Range"), "bytes 3-5/10");
}

TEST_F(nginx_body, that_is_too_large_for_the_server_is_answered_by_it)
{
    serve("dav_methods PUT; client_max_body_size 1k;");
    auto api = client({.retry_count = 0});
    EXPECT_EQ(api.put("/large", bytes(8'000'000), "text/plain").status, 413);
    EXPECT_EQ(api.put("/small", "small", "text/plain").status, 201);
}

} // namespace
