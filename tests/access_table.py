"""Which roles reach which endpoint; `None` is somebody who has not signed in. One line an endpoint."""

from kapuas_quiz.core.roles import Role

EVERYONE = frozenset({None, *Role})
STAFF = frozenset(Role)
OPERATOR = frozenset({Role.OPERATOR})
OVERSIGHT = frozenset({Role.OBSERVER, Role.CERTIFIER, Role.OPERATOR})
BANK_READERS = frozenset({Role.OPERATOR, Role.TRAINER, Role.REVIEWER})
READERS = frozenset({Role.OPERATOR, Role.TRAINER, Role.CERTIFIER})
TEACHERS = frozenset({Role.OPERATOR, Role.TRAINER})
CERTIFIER = frozenset({Role.CERTIFIER})
CERTIFYING = frozenset({Role.CERTIFIER, Role.OPERATOR})
DECISION_READERS = frozenset({Role.CERTIFIER, Role.OPERATOR, Role.OBSERVER})

ACCESS: dict[str, frozenset[Role | None]] = {
    # web
    "static": EVERYONE,
    "web.choose_language": EVERYONE,
    # accounts
    "accounts.sign_in": EVERYONE,
    "accounts.take_credentials": EVERYONE,
    "accounts.signed_in": STAFF,
    "accounts.sign_out": EVERYONE,
    "accounts.own_account": STAFF,
    "accounts.change_password": STAFF,
    "accounts.sign_out_elsewhere": STAFF,
    "accounts.invitation": EVERYONE,
    "accounts.accept": EVERYONE,
    "staff.overview": OPERATOR,
    "staff.new": OPERATOR,
    "staff.invite": OPERATOR,
    "staff.person": OPERATOR,
    "staff.change_roles": OPERATOR,
    "staff.invite_again": OPERATOR,
    "staff.disable": OPERATOR,
    "staff.enable": OPERATOR,
    "staff.end_sessions": OPERATOR,
    # trainings
    "trainings.overview": STAFF,
    "trainings.training": STAFF,
    "trainings.new": OPERATOR,
    "trainings.edit": OPERATOR,
    "roster.people": READERS,
    "roster.newcomer": TEACHERS,
    "roster.edit": TEACHERS,
    "participant.person": READERS,
    "participant.take_out": OPERATOR,
    "participant.bring_back": OPERATOR,
    "participant.replace_card": TEACHERS,
    "imports.upload": OPERATOR,
    "imports.look": OPERATOR,
    "imports.confirm": OPERATOR,
    "badges.all_badges": TEACHERS,
    "badges.one_badge": TEACHERS,
    "badges.attendance": TEACHERS,
    "badges.example": TEACHERS,
    # banks
    "banks.overview": BANK_READERS,
    "banks.area": BANK_READERS,
    "banks.item": frozenset({Role.OPERATOR, Role.REVIEWER}),
    "banks.open_item": frozenset({Role.OPERATOR, Role.REVIEWER}),
    # forms
    "forms.specification": TEACHERS,
    "forms.save_specification": TEACHERS,
    "forms.overview": TEACHERS,
    "forms.assemble": TEACHERS,
    "forms.set_minutes": TEACHERS,
    # delivery
    "delivery.front": EVERYONE,
    "delivery.typed_code": EVERYONE,
    "delivery.open_by_code": EVERYONE,
    "delivery.shell": EVERYONE,
    "delivery.phone_standing": EVERYONE,
    "delivery.phone_join": EVERYONE,
    "delivery.phone_start": EVERYONE,
    "delivery.phone_journal": EVERYONE,
    "delivery.plain_join": EVERYONE,
    "delivery.plain_start": EVERYONE,
    "delivery.plain_save": EVERYONE,
    "delivery.plain_finish": EVERYONE,
    "delivery.plain_items": EVERYONE,
    "delivery.tests": TEACHERS,
    "delivery.open_sitting": TEACHERS,
    "delivery.start_sitting": TEACHERS,
    "delivery.change_pin": TEACHERS,
    "delivery.before_closing": TEACHERS,
    "delivery.close_sitting": TEACHERS,
    "delivery.before_sealing": TEACHERS,
    "delivery.seal_sitting": TEACHERS,
    "delivery.board": TEACHERS,
    "delivery.board_content": TEACHERS,
    "delivery.projector": TEACHERS,
    "delivery.projector_content": TEACHERS,
    "delivery.pair": TEACHERS,
    "delivery.unpair": TEACHERS,
    "delivery.pairing": EVERYONE,
    "delivery.claim_pairing": EVERYONE,
    "delivery.paired_board": EVERYONE,
    "delivery.paired_content": EVERYONE,
    "client.script": EVERYONE,
    # reporting
    "reporting.gaps": READERS,
    "reporting.gains": READERS,
    "reporting.people": READERS,
    "reporting.person": READERS,
    "reporting.items": TEACHERS,
    "reporting.item": TEACHERS,
    "reporting.open_item": TEACHERS,
    "reporting.download": READERS,
    "reporting.own_results": EVERYONE,
    "reporting.phone_results": EVERYONE,
    # certificates
    "certificates.of_training": DECISION_READERS,
    "certificates.draft": CERTIFYING,
    "certificates.decision_list": DECISION_READERS,
    "certificates.line": CERTIFIER,
    "certificates.decide": CERTIFIER,
    "certificates.lock": CERTIFIER,
    "certificates.approve": CERTIFYING,
    "certificates.publish": CERTIFYING,
    "certificates.issue": CERTIFYING,
    "certificates.minutes_sheet": DECISION_READERS,
    "certificates.export": DECISION_READERS,
    "certificates.all_sheets": CERTIFYING,
    "certificates.sheet": CERTIFYING,
    "register.overview": DECISION_READERS,
    "register.verify": EVERYONE,
    "register.ask_revocation": CERTIFIER,
    "register.revoke": CERTIFIER,
    # oversight
    "oversight.audit_trail": OVERSIGHT,
    "oversight.overview": OVERSIGHT,
    "oversight.training": OVERSIGHT,
    # operations
    "operations.start": EVERYONE,
    "operations.choose": OPERATOR,
    "operations.back_up": OPERATOR,
}
