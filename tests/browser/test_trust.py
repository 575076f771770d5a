"""A passkey; the room's tablet and a colleague who leaves; who has looked; a manager whose own child is here."""

from playwright.sync_api import expect

from tests.browser.steps import PIN, enrol, read_the_privacy_notice, sign_in


def with_a_thumb(page):
    """A phone that has a lock, and whose owner puts her thumb on it whenever she is asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_she_adds_a_passkey_and_from_then_on_her_thumb_is_the_second_step(portal, new_page, axe, picture):
    portal.base_url = portal.base_url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    phone = new_page("phone")
    with_a_thumb(phone)
    sign_in(phone, portal, "ewa@example.org")
    phone.goto("/security/")
    phone.get_by_label("A name for it").fill("Ewa's phone")
    phone.get_by_role("button", name="Add a passkey").click()
    expect(phone.get_by_text("Ewa's phone", exact=True)).to_be_visible()
    axe(phone)
    picture(phone, "passkey", full_page=True)
    phone.get_by_role("button", name="Make ten recovery codes").click()
    expect(phone.get_by_role("heading", name="Your recovery codes")).to_be_visible()

    phone.get_by_role("button", name="Sign out").click()
    phone.goto("/sign-in/")
    phone.get_by_label("E-mail address").fill("ewa@example.org")
    phone.get_by_label("Password", exact=True).fill("kettle-meadow-lantern")
    phone.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name="Your code")).to_be_visible()
    phone.goto("/papers/")
    expect(phone.get_by_role("heading", name="Your code")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Use your passkey").click()
    phone.wait_for_url("**/papers/")  # where she was going


def test_a_member_of_staff_who_leaves_while_signed_in_on_the_tablet_is_out_at_the_next_tap(
    portal, new_page, axe, picture, troubles
):
    tablet, sara = enrol(portal, new_page)
    axe(tablet)
    picture(tablet, "tablet-names")
    tablet.get_by_role("link", name="Sara").click()
    axe(tablet)
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Open").click()
    expect(tablet.get_by_role("link", name="Write an observation")).to_be_visible()
    axe(tablet)
    picture(tablet, "tablet-children")
    tablet.get_by_role("link", name="Emergency card of Maja").click()
    expect(tablet.get_by_role("heading", name="Whom to ring")).to_be_visible()
    axe(tablet)
    tablet.goto("/families/")
    expect(tablet.get_by_text("does not open on the room's tablet")).to_be_visible()
    axe(tablet)

    helen = new_page("desk")
    sign_in(helen, portal, "helen@example.org")
    helen.goto("/staff/")
    row = helen.get_by_role("listitem").filter(has_text="Sara")
    while row.count():
        row.first.get_by_role("link", name="End now").click()
        helen.get_by_role("button", name="Yes, end it now").click()
        expect(helen.get_by_text("That role has ended.")).to_be_visible()
    tablet.goto("/tablet/")
    expect(tablet.get_by_role("heading", name="Sign in")).to_be_visible()
    tablet.goto("/tablet/")
    expect(tablet.get_by_role("link", name="Sara")).to_have_count(0)
    sara.goto("/journal/write/")
    expect(sara.get_by_role("link", name="Write", exact=True)).to_have_count(0)


def test_a_mother_reads_who_has_looked_and_a_manager_is_a_mother_for_her_own_child(portal, new_page, axe, picture):
    sara = new_page("desk")
    sign_in(sara, portal, "sara@example.org")
    sara.get_by_role("link", name="Maja", exact=True).first.click()
    expect(sara.get_by_role("heading", level=1)).to_be_visible()

    ewa = new_page("phone")
    sign_in(ewa, portal, "ewa@example.org")
    ewa.get_by_role("link", name="Card of Maja").click()
    ewa.get_by_role("link", name="Who has looked?").click()
    expect(ewa.get_by_text("Sara").first).to_be_visible()
    expect(ewa.get_by_text("The learning journal").first).to_be_visible()
    axe(ewa)
    picture(ewa, "who-has-looked")

    helen = new_page("desk")
    sign_in(helen, portal, "helen@example.org")
    helen.goto("/looks/")
    expect(helen.get_by_role("cell", name="Maja").first).to_be_visible()
    axe(helen)
    picture(helen, "all-looks")
    becomes_family(portal, new_page, helen)


def becomes_family(portal, new_page, helen):
    """The deputy ties the manager to Noor: from her very next page on she is family there, and no manager."""
    helen.goto("/families/")
    helen.get_by_role("link", name="Noor").click()
    of_noor = helen.url
    tom = new_page("desk")
    sign_in(tom, portal, "tom@example.org")
    tom.goto(of_noor)
    tom.get_by_role("link", name="Invite a parent or carer").click()
    tom.get_by_label("Somebody already in the books").select_option(label="Helen Okoro")
    tom.get_by_label("Relationship").select_option("Guardian")
    tom.get_by_label("What the portal opens").select_option("2")
    tom.get_by_role("button", name="Invite", exact=True).click()
    tom.wait_for_url("**/families/**")
    assert helen.goto(of_noor).status == 404
    helen.goto("/families/")
    expect(helen.get_by_role("link", name="Noor")).to_have_count(0)
    helen.goto("/today/")
    read_the_privacy_notice(helen)
    expect(helen.get_by_role("heading", name="Noor")).to_be_visible()
    helen.get_by_role("link", name="Card of Noor").click()
    expect(helen.get_by_role("link", name="Emergency card")).to_have_count(0)
