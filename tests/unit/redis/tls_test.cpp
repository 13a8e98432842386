// SPDX-License-Identifier: BSL-1.0
#include "support/certificate.hpp"
#include "unit/redis/scene.hpp"

#include <thread>

using namespace steward::test;
using steward::adapters::redis_tls;

namespace tls_test {

/// A server that speaks TLS, too, and a client that trusts it.
class redis_with_tls : public redis_faults {
protected:
    void serve(const char* subject)
    {
        certificate.emplace(subject);
        give_to_unprivileged(certificate->file().parent_path()); // to the server's user
        redis_session plain{settings()};
        const std::string port = std::to_string(free_port());
        plain.command("CONFIG", "SET", "tls-cert-file", certificate->file().string(), "tls-key-file",
                      certificate->key_file().string(), "tls-ca-cert-file", certificate->file().string(),
                      "tls-auth-clients", "no", "tls-port", port);
        safe = settings();
        safe.port = std::stoi(port);
        safe.tls = redis_tls::on;
        safe.ca_file = certificate->file();
    }
    /// One that nobody else is likely to take meanwhile.
    static int free_port() { return redis_server{}.port(); }

    std::optional<steward::test::certificate> certificate;
    redis_settings safe;
};

TEST_F(redis_with_tls, carries_any_bytes_of_any_size)
{
    serve("IP:127.0.0.1");
    redis_session session{safe, "cache"};
    const std::string large(5'000'001, '\r');
    session.set("large", large);
    EXPECT_TRUE(session.get("large") == large);
    auto pipeline = session.pipeline();
    for (int i = 0; i != 40; ++i) {
        pipeline.set(std::to_string(i), std::string(300'000, 'v'));
        pipeline.get(std::to_string(i));
    }
    const auto results = pipeline.run();
    for (std::size_t i = 0; i != 40; ++i)
        ASSERT_EQ(results.reply(2 * i + 1).text().size(), 300'000U);
    auto change = session.transaction({"a"});
    change.set("a", "1");
    change.exec();
    EXPECT_EQ(session.get("a"), "1");
}

TEST_F(redis_with_tls, expects_the_server_to_prove_that_it_is_the_host)
{
    serve("DNS:another.example.com");
    const redis_error another = error_of([&] { redis_session{safe, "cache"}; });
    EXPECT_EQ(another.code(), redis_errc::tls);
    EXPECT_TRUE(std::string_view{another.what()}.contains("did not prove that it is this host: IP address mismatch"))
        << another.what();

    const steward::test::certificate of_somebody_else{"IP:127.0.0.1"};
    safe.ca_file = of_somebody_else.file();
    EXPECT_EQ(code_of([&] { redis_session{safe}; }), redis_errc::tls);
    safe.ca_file.clear();
    EXPECT_EQ(code_of([&] { redis_session{safe}; }), redis_errc::tls) << "the system does not know it either";
}

TEST_F(redis_with_tls, takes_a_name_of_the_certificate_as_the_host)
{
    serve("DNS:localhost");
    safe.host = "localhost";
    redis_session{safe}.ping();
}

TEST_F(redis_with_tls, shows_a_certificate_where_the_server_wants_one)
{
    serve("IP:127.0.0.1");
    redis_session{settings()}.command("CONFIG", "SET", "tls-auth-clients", "yes");
    const redis_error refused = error_of([&] { redis_session{safe, "cache"}; });
    EXPECT_TRUE(refused.code() == redis_errc::tls || refused.code() == redis_errc::connection_lost_undone)
        << refused.what();
    safe.cert_file = certificate->file();
    safe.key_file = certificate->key_file();
    redis_session{safe}.ping();
}

TEST_F(redis_with_tls, finds_a_connection_that_was_closed_before_anything_is_sent)
{
    serve("IP:127.0.0.1");
    redis_session session{safe, "cache"};
    session.ping();
    redis_session{settings()}.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    EXPECT_EQ(code_of([&] { session.set("a", "1"); }), redis_errc::connection_lost_undone);
}

TEST_F(redis_with_tls, is_not_spoken_where_there_is_none)
{
    serve("IP:127.0.0.1");
    safe.port = server->port();
    safe.connect_timeout = 200ms;
    const redis_error error = error_of([&] { redis_session{safe, "cache"}; });
    EXPECT_TRUE(std::string_view{error.what()}.contains("cache: connect at 127.0.0.1")) << error.what();
    redis_settings plain = settings();
    plain.port =
        std::stoi(redis_session{settings()}.command<std::vector<std::string>>("CONFIG", "GET", "tls-port").at(1));
    plain.connect_timeout = 200ms;
    EXPECT_NE(code_of([&] { redis_session{plain, "cache"}; }), redis_errc::other);
}

} // namespace tls_test
