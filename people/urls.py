from django.urls import path

from people import views, views_door, views_mend, views_term

app_name = "people"
urlpatterns = [
    path("sign-in/", views_door.come_in, name="sign_in"),
    path("sign-in/code/", views_door.code, name="code"),
    path("sign-out/", views_door.go_out, name="sign_out"),
    path("prove/", views_door.prove, name="prove"),
    path("still-here/", views_door.still_here, name="still_here"),
    path("security/", views_door.security, name="security"),
    path("security/authenticator/", views_door.set_up_authenticator, name="set_up_authenticator"),
    path("security/recovery-codes/", views_door.new_recovery_codes, name="new_recovery_codes"),
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
    # the start of term: a list of families, everybody invited
    path("families/import/", views_term.choose_list, name="choose_list"),
    path("families/import/families.csv", views_term.template, {"kind": "csv"}, name="template_csv"),
    path("families/import/families.xlsx", views_term.template, {"kind": "xlsx"}, name="template_xlsx"),
    path("families/import/<uuid:list_id>/", views_term.look_at_list, name="look_at_list"),
    path("families/import/<uuid:list_id>/drop/", views_term.drop_list, name="drop_list"),
    path("families/invite/", views_term.invite_all, name="invite_all"),
    # a lost password or phone, mended at the door
    path("people/<int:person_id>/at-the-door/", views_mend.at_the_door, name="at_the_door"),
    path("people/at-the-door/<int:check_id>/", views_mend.agree_at_the_door, name="agree_at_the_door"),
    path("people/at-the-door/<int:check_id>/print/", views_mend.print_at_the_door, name="print_at_the_door"),
    path(
        "people/at-the-door/<int:check_id>/take-back/", views_mend.take_back_at_the_door, name="take_back_at_the_door"
    ),
]
