import Identity
import Testing

/// What credentials and users begin as, by the state of the user: every cell.
@Suite struct BirthRuleTests {
    @Test(arguments: CredentialKind.allCases, CredentialState.allCases)
    func `a credential of an active user is what it is wished to be`(
        kind: CredentialKind, wished: CredentialState
    ) {
        #expect(CredentialRule.birth(wished, of: .active) == .become(wished))
    }

    @Test(arguments: CredentialState.allCases)
    func `an active credential of an inactive user is born inactive`(wished: CredentialState) {
        #expect(
            CredentialRule.birth(wished, of: .inactive)
                == .become(wished == .active ? .inactive : wished))
    }

    @Test(arguments: CredentialState.allCases)
    func `on a locked user no credential comes alive`(wished: CredentialState) {
        let verdict = CredentialRule.birth(wished, of: .locked)
        switch wished {
        case .active, .requested:
            #expect(
                verdict == .refused(because: "a credential can't become \(wished.rawValue)"))
        case .inactive, .locked, .expired, .aborted, .returned:
            #expect(verdict == .become(wished))
        }
    }

    @Test(arguments: [
        (false, false, UserState.active), (true, false, .inactive), (false, true, .inactive),
        (true, true, .inactive),
    ])
    func `whose account is closed is born inactive`(
        isDisabled: Bool, isExpired: Bool, state: UserState
    ) {
        #expect(
            UserRule.birth(isDisabled: isDisabled, isDeactivatedByExpiry: isExpired) == state)
    }
}
