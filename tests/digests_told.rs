//! `Repr-Digest` fields as servers write them (RFC 9530 §3, appendix B), and as they should not.

use sprat::engine::heads::sha256_in;

/// SHA-256 of `{"hello": "world"}` and a line feed, as the RFC gives it.
const HELLO: &str = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=";

#[test]
fn the_sha_256_is_found_among_others_and_with_parameters() {
    let field = |text: &str| sha256_in(text).map(|d| d.0[..4].to_vec());
    let first = Some(vec![0x44, 0xaf, 0xf4, 0xab]);
    assert_eq!(field(&format!("sha-256=:{HELLO}:")), first);
    assert_eq!(field(&format!("sha-512=:AAAA:, sha-256=:{HELLO}:")), first);
    assert_eq!(field(&format!("sha-256=:{HELLO}:;v=1 ,\tmd5=:AAAA:")), first);
    assert_eq!(sha256_in(&format!("sha-256=:{HELLO}:")).map(|d| d.0[31]), Some(0x38));
}

#[test]
fn whatever_else_stands_there_is_no_digest() {
    let short = &HELLO[..40];
    let fields = [
        String::new(),
        format!("sha-256={HELLO}"),
        format!("sha-256=:{HELLO}"),
        format!("sha-256=:{short}:"),
        format!("sha-256=:{HELLO}{HELLO}:"),
        format!("sha-256=:{}:", HELLO.replace('K', "*")),
        format!("sha-512=:{HELLO}:"),
        format!("unsha-256=:{HELLO}:"),
        "sha-256=::".to_owned(),
        ":".repeat(10_000),
    ];
    for field in fields {
        assert_eq!(sha256_in(&field), None, "{}", &field[..field.len().min(80)]);
    }
}
