// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>

using namespace steward::test;

namespace {

/// A body of so many bytes, made while it is sent.
class made_body {
public:
    explicit made_body(std::size_t size) : size_{size} {}

    http_source source(std::optional<std::size_t> size = std::nullopt)
    {
        return {.read =
                    [this](std::span<char> buffer) {
                        const std::size_t now = std::min(buffer.size(), size_ - given_);
                        std::ranges::fill(buffer.first(now), 'x');
                        given_ += now;
                        largest_ = std::max(largest_, buffer.size());
                        return now;
                    },
                .size = size};
    }
    http_source restartable(std::size_t size)
    {
        http_source result = source(size);
        result.restart = [this] {
            given_ = 0;
            ++restarts;
        };
        return result;
    }
    [[nodiscard]] std::size_t largest() const { return largest_; }

    int restarts = 0;

private:
    std::size_t size_, given_ = 0, largest_ = 0;
};

/// A server that says how much it got, and one that is unavailable at first.
class http_upload : public http_scene {
protected:
    http_upload()
    {
        const auto count = [this](const httplib::Request& request, httplib::Response& response) {
            asked.push_back(request);
            response.set_content(std::to_string(request.body.size()), "text/plain");
        };
        server.Put("/count", count);
        server.Post("/count", count);
        server.Put("/unavailable", [this](const httplib::Request& request, httplib::Response& response) {
            response.status = ++tries == 1 ? 503 : 200;
            response.set_content(std::to_string(request.body.size()), "text/plain");
        });
        server.Put("/moved",
                   [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/count", 307); });
        server.Put("/see_other",
                   [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/echo", 303); });
    }

    int tries = 0;
};

TEST_F(http_upload, of_a_known_size_says_so)
{
    made_body body{3'000'000};
    EXPECT_EQ(client().upload("/count", body.source(3'000'000), "image/x").body, "3000000");
    EXPECT_EQ(asked.at(0).get_header_value("Content-Length"), "3000000");
    EXPECT_EQ(asked.at(0).get_header_value("Content-Type"), "image/x");
    EXPECT_LE(body.largest(), 65'536U);
}

TEST_F(http_upload, of_an_unknown_size_is_sent_in_chunks)
{
    made_body body{3'000'000};
    EXPECT_EQ(client().upload("/count", body.source(), "image/x").body, "3000000");
    EXPECT_EQ(asked.at(0).get_header_value("Transfer-Encoding"), "chunked");
}

TEST_F(http_upload, may_be_empty)
{
    made_body body{0};
    auto api = client();
    EXPECT_EQ(api.upload("/count", body.source(0), "image/x").body, "0");
    EXPECT_EQ(api.upload("/count", body.source(), "image/x").body, "0");
}

TEST_F(http_upload, is_possible_with_any_request)
{
    made_body body{5};
    EXPECT_EQ(client().send({.method = "POST", .path = "/count", .source = body.source(5)}).body, "5");
}

TEST_F(http_upload, is_not_repeated_once_it_has_begun)
{
    made_body body{1'000};
    EXPECT_EQ(client().upload("/unavailable", body.source(1'000), "image/x").status, 503);
    EXPECT_EQ(tries, 1);
}

TEST_F(http_upload, that_can_begin_anew_is_repeated)
{
    made_body body{1'000};
    EXPECT_EQ(client().upload("/unavailable", body.restartable(1'000), "image/x").body, "1000");
    EXPECT_EQ(body.restarts, 1);
}

TEST_F(http_upload, follows_a_redirect_that_wants_it_only_if_it_can_begin_anew)
{
    made_body once{1'000}, again{1'000};
    auto api = client();
    EXPECT_EQ(error_of([&] { api.upload("/moved", once.source(1'000), "image/x"); }).code(), http_errc::redirect);
    EXPECT_EQ(api.upload("/moved", again.restartable(1'000), "image/x").body, "1000");
    EXPECT_EQ(api.upload("/see_other", made_body{1'000}.source(1'000), "image/x").body, "/echo");
}

TEST_F(http_upload, that_ends_before_its_size_is_an_error)
{
    made_body body{10};
    auto api = client();
    EXPECT_EQ(error_of([&] { api.upload("/count", body.source(11), "image/x"); }).code(), http_errc::invalid_request);
    EXPECT_EQ(api.get("/echo").body, "/echo") << "the client can be used on";
}

TEST_F(http_upload, whose_source_throws_ends_with_that)
{
    auto api = client();
    const http_source broken{.read = [](std::span<char>) -> std::size_t { throw std::runtime_error{"no file"}; }};
    EXPECT_THROW(api.upload("/count", broken, "image/x"), std::runtime_error);
    EXPECT_EQ(api.get("/echo").body, "/echo") << "the client can be used on";
}

TEST_F(http_upload, has_either_a_body_or_a_source)
{
    made_body body{1};
    EXPECT_EQ(error_of([&] {
                  client().send({.method = "PUT", .path = "/count", .body = "x", .source = body.source(1)});
              }).code(),
              http_errc::invalid_request);
    EXPECT_TRUE(asked.empty());
}

} // namespace
