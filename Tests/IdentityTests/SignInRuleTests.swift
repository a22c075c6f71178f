import Ground
import Identity
import Testing

private let time = Timestamp(seconds: 1_795_442_700)

private let accounts: [(SignInRule.Account, SignInRule.Policy, SignIn)] = [
    (.open, .proven(at: time), .yes), (.open, .none(because: "none"), .yes),
    (.unseen, .proven(at: time), .unproven),
    (.unreadable(because: "hidden"), .proven(at: time), .unproven),
    (.disabled(because: "x"), .proven(at: time), .no),
    (.disabled(because: "x"), .seen("389ds"), .no),
    (.disabled(because: "x"), .none(because: "none"), .yes),
    (.disabled(because: "x"), .unknown(because: "hidden"), .unproven),
    (.hindered(["has expired"]), .seen("activeDirectory"), .no),
    (.hindered(["has expired"]), .none(because: "none"), .unproven),
    (.hindered(["has expired"]), .unknown(because: "hidden"), .unproven),
    (.doubtful(because: "was locked out"), .seen("activeDirectory"), .unproven),
]

private let certificates: [(SignInRule.Sight, CertificateState?, SignIn)] = [
    (.good, .revoked, .yes), (.good, .valid, .yes),
    (.revoked(.superseded, at: time), .valid, .no), (.onHold(since: time), .valid, .no),
    (.unknown, .revoked, .unproven), (.unknown, .valid, .unproven),
    (.unverified, .valid, .unproven), (.unverified, .revoked, .unproven),
    (.expired, .valid, .no),
    (.unasked(because: "down"), .valid, .yes), (.unasked(because: "down"), .onHold, .unproven),
    (.unasked(because: "down"), .revoked, .unproven),
    (.unasked(because: "down"), .expired, .no), (.unasked(because: "down"), nil, .unproven),
]

private let answers: [(SignIn, [SignIn], SignIn)] = [
    (.no, [], .no), (.no, [.no], .no), (.no, [.no, .unproven], .unproven),
    (.no, [.unproven, .yes], .yes), (.unproven, [.no], .unproven), (.unproven, [.yes], .yes),
    (.yes, [.no], .yes), (.yes, [], .yes),
]

@Suite struct SignInRuleTests {
    @Test(arguments: accounts)
    func `an account is closed only where something is seen to refuse it`(
        account: SignInRule.Account, policy: SignInRule.Policy, answer: SignIn
    ) {
        #expect(
            SignInRule.verdict(on: account, under: policy, in: DirectoryName(rawValue: "hq")).signIn
                == answer)
    }

    @Test(arguments: certificates)
    func `a certificate is closed only where its authority says so`(
        sight: SignInRule.Sight, state: CertificateState?, answer: SignIn
    ) {
        #expect(
            SignInRule.verdict(on: sight, of: "1A", state: state, authority: "ca").signIn == answer)
    }

    @Test(arguments: answers)
    func `no is said only where every way in is closed`(
        account: SignIn, certificates: [SignIn], answer: SignIn
    ) {
        func verdict(_ signIn: SignIn, _ because: String) -> SignInRule.Verdict {
            SignInRule.Verdict(signIn: signIn, because: because)
        }
        let found = SignInRule.verdict(
            on: verdict(account, "account"), certificates.map { verdict($0, $0.rawValue) })
        #expect(found.signIn == answer)
        #expect(found.because.count == certificates.count + 1)
        let first = found.because.first
        #expect(first == "account" && account == answer || first == answer.rawValue)
    }
}
