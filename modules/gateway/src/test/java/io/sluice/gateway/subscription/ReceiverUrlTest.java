package io.sluice.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs a receiver may have: the public internet by https, and nothing that could be anything else. */
final class ReceiverUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.merchant.example",
                "https://hooks.merchant.example:443/orders?key=a%20b",
                "https://hooks.merchant.example:8443/",
                "https://HOOKS.Merchant.Example/",
                "https://93.184.216.34/hooks",
                "https://[2606:2800:220:1::1]:8443/hooks",
                "https://xn--bcher-kva.example/"
            })
    void thePublicInternetByHttpsIsFit(String url) throws Exception {
        assertThat(ReceiverUrl.of(url, false).isTls()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // another scheme, or none
                "http://hooks.merchant.example/ | must be https",
                "ftp://hooks.merchant.example/ | must be https",
                "file:///etc/passwd | must be an absolute URL in ASCII, with a host",
                "hooks.merchant.example/orders | must be an absolute URL in ASCII, with a host",
                "https:hooks.merchant.example | must be an absolute URL in ASCII, with a host",
                "https:///orders | must be an absolute URL in ASCII, with a host",
                "https://hooks.merchant.example/ü | must be an absolute URL in ASCII, with a host",
                "https://hooks.merchant.example/a b | must be an absolute URL in ASCII, with a host",
                "https://hooks_merchant.example/ | must be an absolute URL in ASCII, with a host",
                // what clients and checks read differently
                "https://user@hooks.merchant.example/ | must not hold a user or a password",
                "https://hooks.merchant.example@10.0.0.1/ | must not hold a user or a password",
                "https://hooks.merchant.example/#x | must not have a fragment",
                "https://hooks.merchant.example:25/ | must have port 443, or one from 1024 to 65535",
                "https://hooks.merchant.example:80/ | must have port 443, or one from 1024 to 65535",
                "https://hooks.merchant.example:0/ | must have port 443, or one from 1024 to 65535",
                "https://hooks.merchant.example:65536/ | must have port 443, or one from 1024 to 65535",
                // this machine, its networks, and what clouds keep there
                "https://127.0.0.1/ | must not be a private or reserved address",
                "https://127.255.255.254/ | must not be a private or reserved address",
                "https://0.0.0.0/ | must not be a private or reserved address",
                "https://10.1.2.3/ | must not be a private or reserved address",
                "https://172.16.0.1/ | must not be a private or reserved address",
                "https://172.31.255.255/ | must not be a private or reserved address",
                "https://192.168.1.1/ | must not be a private or reserved address",
                "https://100.64.0.1/ | must not be a private or reserved address",
                "https://169.254.169.254/latest/meta-data/ | must not be a private or reserved address",
                "https://192.0.0.192/ | must not be a private or reserved address",
                "https://198.18.0.1/ | must not be a private or reserved address",
                "https://224.0.0.1/ | must not be a private or reserved address",
                "https://255.255.255.255/ | must not be a private or reserved address",
                "https://[::1]/ | must not be a private or reserved address",
                "https://[::]/ | must not be a private or reserved address",
                "https://[::ffff:127.0.0.1]/ | must not be a private or reserved address",
                "https://[::ffff:a9fe:a9fe]/ | must not be a private or reserved address",
                "https://[::127.0.0.1]/ | must not be a private or reserved address",
                "https://[64:ff9b::7f00:1]/ | must not be a private or reserved address",
                "https://[2002:7f00:1::]/ | must not be a private or reserved address",
                "https://[2001:0:1::]/ | must not be a private or reserved address",
                "https://[fd00:ec2::254]/ | must not be a private or reserved address",
                "https://[fe80::1]/ | must not be a private or reserved address",
                "https://[ff02::1]/ | must not be a private or reserved address",
                // addresses that do not look like one
                "https://2130706433/ | must spell an address as four numbers, or in brackets",
                "https://127.1/ | must be an absolute URL in ASCII, with a host",
                "https://0177.0.0.1/ | must spell an address as four numbers, or in brackets",
                "https://0x7f000001/ | must spell an address as four numbers, or in brackets",
                "https://127.0.0.1.:443/ | must be an absolute URL in ASCII, with a host",
                "https://[fe80::1%25eth0]/ | must not name an interface",
                // names of the inside
                "https://localhost/ | must name a host of the public internet",
                "https://db/ | must name a host of the public internet",
                "https://api.localhost/ | must name a host of the public internet",
                "https://metadata.google.internal/ | must name a host of the public internet",
                "https://printer.local/ | must name a host of the public internet"
            })
    void everythingElseIsNot(String url, String mustBe) {
        assertThatThrownBy(() -> read(url, false))
                .isInstanceOf(ReceiverUrl.Unfit.class)
                .hasMessage(mustBe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/hooks",
                "http://localhost:80/",
                "https://10.0.0.1:25/",
                "http://[::1]:9999/",
                "https://hooks.merchant.example/"
            })
    void aDeveloperMayCallTheirOwnMachine(String url) throws Exception {
        assertThat(ReceiverUrl.of(url, true).port()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost/", "http://user@localhost/", "http://localhost/#x", "http://localhost:0/"})
    void butNotByJustAnyUrl(String url) {
        assertThatThrownBy(() -> read(url, true)).isInstanceOf(ReceiverUrl.Unfit.class);
    }

    @Test
    void aUrlIsReadIntoItsParts() throws Exception {
        assertThat(ReceiverUrl.of("https://hooks.merchant.example", false))
                .isEqualTo(new ReceiverUrl(true, "hooks.merchant.example", 443, "/"));
        assertThat(ReceiverUrl.of("https://[2606:2800:220:1::1]:8443/a?b=c", false))
                .isEqualTo(new ReceiverUrl(true, "2606:2800:220:1::1", 8443, "/a?b=c"));
        assertThatThrownBy(() -> read("https://hooks.merchant.example/" + "a".repeat(ReceiverUrl.LONGEST), false))
                .isInstanceOf(ReceiverUrl.Unfit.class);
    }

    private static void read(String url, boolean isPrivateAllowed) throws ReceiverUrl.Unfit {
        assertThat(ReceiverUrl.of(url, isPrivateAllowed))
                .as("what should be unfit")
                .isNull();
    }
}
