from django.urls import path

from people import views, views_door, views_looks, views_security, views_tablet

app_name = "people"
urlpatterns = [
    path("sign-in/", views_door.come_in, name="sign_in"),
    path("sign-in/code/", views_door.code, name="code"),
    path("sign-out/", views_door.go_out, name="sign_out"),
    path("prove/", views_door.prove, name="prove"),
    path("still-here/", views_door.still_here, name="still_here"),
    path("security/", views_security.security, name="security"),
    path("security/authenticator/", views_door.set_up_authenticator, name="set_up_authenticator"),
    path("security/recovery-codes/", views_security.new_recovery_codes, name="new_recovery_codes"),
    path("security/authenticator/remove/", views_security.remove_authenticator, name="remove_authenticator"),
    path("security/password/", views_security.change_password, name="change_password"),
    path("security/address/", views_security.change_address, name="change_address"),
    path("security/address/<str:token>/", views_security.take_new_address, name="take_new_address"),
    path("security/browsers/end/", views_security.end_sessions, name="end_sessions"),
    path("security/browsers/<int:session_id>/end/", views_security.end_session, name="end_session"),
    path("security/pin/", views_security.set_pin, name="set_pin"),
    # The room's tablet.
    path("setting/tablets/", views_tablet.enrolled, name="tablets"),
    path("setting/tablets/<int:tablet_id>/revoke/", views_tablet.revoke, name="revoke_tablet"),
    path("tablet/", views_tablet.tablet, name="tablet"),
    path("tablet/<int:person_id>/", views_tablet.pin, name="tablet_pin"),
    # Who has looked.
    path("children/<uuid:child_id>/emergency/", views_looks.emergency_card, name="emergency_card"),
    path("children/<uuid:child_id>/looks/", views_looks.looks, name="looks"),
    path("children/<uuid:child_id>/break-glass/", views_looks.break_glass, name="break_glass"),
    path("other-rooms/", views_looks.other_rooms, name="other_rooms"),
    path("looks/", views_looks.all_looks, name="all_looks"),
    path("invitation/", views_door.letter_code, name="letter_code"),
    path("invitation/<str:token>/", views_door.arrive, name="arrive"),
    path("welcome/", views_door.welcome, name="welcome"),
    path("demo/mail/", views_door.demo_mail, name="demo_mail"),
    path("children/<uuid:child_id>/", views.child_card, name="child"),
    path("families/", views.families, name="families"),
    path("families/add/", views.add_child, name="add_child"),
    path("families/<uuid:child_id>/", views.family, name="family"),
    path("families/<uuid:child_id>/invite/", views.invite_adult, name="invite_adult"),
    path("families/<uuid:child_id>/restrict/", views.restrict, name="restrict"),
    path("families/<uuid:child_id>/key-person/", views.choose_key_person, name="choose_key_person"),
    path("families/relationships/<int:tie_id>/end/", views.end_relationship, name="end_relationship"),
    path("people/<int:person_id>/invite/", views.invite_again, name="invite_again"),
    path("staff/", views.staff, name="staff"),
    path("staff/roles/<int:held_id>/end/", views.end_role, name="end_role"),
    path("setting/", views.setting_facts, name="setting"),
]
