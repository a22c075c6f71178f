import Identity
import LDAP
import Testing

@testable import Configuration

@Suite struct ReasonTests {
    @Test func `the sample has the five default reasons`() throws {
        let settings = try Example.load(SampleText.text)
        let reasons = settings.reasons.map { "\($0.code) \($0.revocation?.rawValue ?? "-")" }
        #expect(
            reasons == [
                "left-organization affiliationChanged", "technical cessationOfOperation",
                "replaced superseded", "misuse privilegeWithdrawn", "compromised keyCompromise",
                "directory-disabled -",
            ])
        #expect(settings.reasons[0].text == "The user quits the organization")
    }

    @Test func `one value replaces, a list is all values, null deletes`() throws {
        let settings = try Example.load(
            Example.minimal(
                reason: "revocation: superseded, write: {title: no, ou: [a, b], userPassword: null}"
            ))
        let write = settings.reasons[0].write
        #expect(write.map(\.attribute.spelling) == ["title", "ou", "userPassword"])
        #expect(
            write.map(\.write) == [
                .replace([try Template(parsing: "no")]),
                .replace([try Template(parsing: "a"), try Template(parsing: "b")]), .delete,
            ])
    }

    @Test func `a directory's own write and recognise replace either`() throws {
        let settings = try Example.load(
            Example.minimal(
                directory: "reasons: {left: {write: {}, recognise: {title: [A, B]}}}",
                reason: "revocation: superseded, write: {title: x}, recognise: {title: x}"))
        #expect(settings.reasons[0].write.count == 1)
        let adapted = settings.directories[0].reasons[0]
        #expect(adapted.write == [])
        #expect(adapted.recognise.map(\.values) == [["A", "B"]])
        #expect(adapted.revocation == .superseded)
    }

    @Test(arguments: [
        (
            "text: x",
            "9:9: reasons.left.revocation: is missing, and a reason for lock needs it; write one of "
                + "unspecified, keyCompromise, affiliationChanged, superseded, "
                + "cessationOfOperation, privilegeWithdrawn"
        ),
        (
            "for: [deactivate], revocation: superseded",
            "9:41: reasons.left.revocation: only a reason for lock revokes; "
                + "leave it out, or add lock to for"
        ),
        (
            "for: [deactivate], recognise: {title: x}",
            "9:40: reasons.left.recognise: only a reason for lock is recognised; "
                + "leave it out, or add lock to for"
        ),
        (
            "for: lock, revocation: superseded",
            "9:15: reasons.left.for: a list in [brackets] is due here, and this is a single value"
        ),
        (
            "for: [], revocation: superseded",
            "9:15: reasons.left.for: the list is empty; write at least one value"
        ),
        (
            "revocation: superseded, write: {userPassword: hunter2}",
            "9:56: reasons.left.write.userPassword: userPassword holds a password, "
                + "which a reason may only delete; write null"
        ),
        (
            "revocation: superseded, recognise: {unicodePwd: x}",
            "9:58: reasons.left.recognise.unicodePwd: unicodePwd holds a password, which is never "
                + "read; a reason may delete it: write: {unicodePwd: null}"
        ),
        (
            "revocation: superseded, recognise: {title: null}",
            "9:46: reasons.left.recognise.title: text is due here, and this is nothing"
        ),
        (
            "revocation: superseded, write: {title: x, TITLE: y}",
            "9:59: reasons.left.write.TITLE: is the same attribute as \"title\"; keep one of them"
        ),
        (
            "revocation: superseded, write: {title: \"\"}",
            "9:49: reasons.left.write.title: the text is empty; write something, or leave the key out"
        ),
    ])
    func `what a reason can't be`(reason: String, complaint: String) {
        #expect(
            Example.complaints(Example.minimal(reason: reason)) == ["lockstep.yaml:\(complaint)"])
    }

    @Test(arguments: ["cACompromise", "removeFromCRL", "aACompromise"])
    func `a revocation that is not ours is refused with the allowed ones`(word: String) {
        #expect(
            Example.complaints(Example.minimal(reason: "revocation: \(word)")) == [
                "lockstep.yaml:9:22: reasons.left.revocation: a lock never revokes with \(word); "
                    + "allowed: unspecified, keyCompromise, affiliationChanged, superseded, "
                    + "cessationOfOperation, privilegeWithdrawn"
            ])
    }

    @Test(arguments: ["a b", "a:b", "ä", "\"\"", "\"a/b\""])
    func `a code is made of letters, digits, dash, dot, underscore`(code: String) {
        let complaints = Example.complaints(
            Example.minimal(reasons: "\(code): {revocation: superseded}"))
        #expect(complaints.count == 1)
        #expect(
            complaints[0].hasSuffix(
                " is no name; write up to 64 letters, digits, dashes, dots, underscores"))
    }

    @Test(arguments: [
        ("{now", "47", "{ is never closed; write {name}, or {{ for a brace itself"),
        ("a}", "48", "} closes nothing; write {name}, or }} for a brace itself"),
        ("ab {}", "50", "the braces hold no name; write {name}"),
        (
            "ä {now|dat}", "54",
            "\"dat\" is no filter of a template; allowed: lowercase, uppercase, trim, date. "
                + "Did you mean \"date\"?"
        ),
        (
            "{user.usrname}", "46",
            "{user.usrname} has no meaning here; allowed: now, operator, user.username, "
                + "user.givenName, user.familyName, user.displayName, user.mail, "
                + "user.employeeNumber, user.dn, reason.code, reason.text, note. Did you mean \"user.username\"?"
        ),
    ])
    func `a template is wrong in a place`(template: String, column: String, complaint: String) {
        let text = Example.minimal(reason: "revocation: superseded, write: {ou: '\(template)'}")
        let complaints = Example.complaints(text)
        #expect(complaints.count == 1)
        #expect(complaints[0].hasSuffix(": reasons.left.write.ou: \(complaint)"), "\(complaints)")
        #expect(complaints[0].hasPrefix("lockstep.yaml:9:\(column):"), "\(complaints)")
    }

    @Test(arguments: ["userPassword", "\"{userPassword}\"", "[uid, \"{mail} {unicodePwd}\"]"])
    func `a password is never mapped`(source: String) {
        let complaints = Example.complaints(
            Example.minimal(users: "{base: dc=example, map: {username: uid, mail: \(source)}}"))
        #expect(complaints.count == 1)
        #expect(complaints[0].contains(" holds a password, which is never read; "))
    }

    @Test(arguments: [
        "attributes: [userPassword]", "certificates: userPassword",
        "attributes: [sambaNTPassword]", "attributes: [\"userPassword;lang-en\"]",
    ])
    func `a password is never kept`(written: String) {
        let complaints = Example.complaints(
            Example.minimal(users: "{base: dc=example, map: {username: uid}, \(written)}"))
        #expect(complaints.count == 1)
        #expect(complaints[0].contains(" holds a password, which is never read; "))
    }
}
