"""A form that thousands send says what Django's own would say."""

from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict

from consultations.kernel.forms import BusyForm, TextField


class Fields:
    number = forms.IntegerField(required=False, min_value=1)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False, initial="a")
    text = TextField(limit=5)
    token = forms.UUIDField(required=False)

    def clean_text(self):
        if self.cleaned_data["text"] == "no":
            raise forms.ValidationError("Not that.", code="no")
        return self.cleaned_data["text"].upper()

    def clean(self):
        if self.cleaned_data.get("number") == 13:
            self.add_error("number", "Another.")
        return self.cleaned_data


def with_fields(base: type[forms.Form]) -> type[forms.Form]:
    return type("Made", (Fields, base), dict(vars(Fields)))


Busy, Plain = with_fields(BusyForm), with_fields(forms.Form)


@pytest.mark.parametrize(
    "sent",
    [
        "text=ja&number=7&choice=b&token=6f1c5c9e-1111-4222-8333-944455556666",
        "text=%20ja%20",
        "text=no&number=0&choice=c&token=x",
        "text=longer than five&number=13",
        "text=a%00b",
        "number=1&number=2&text=ja",
        "",
    ],
)
def test_cleans_as_django_does(sent):
    busy, plain = Busy(QueryDict(sent)), Plain(QueryDict(sent))

    assert busy.is_valid() == plain.is_valid()
    assert busy.cleaned_data == plain.cleaned_data
    assert busy.errors.as_data().keys() == plain.errors.as_data().keys()
    assert busy.errors.as_json() == plain.errors.as_json()


def test_shows_what_was_sent_and_what_is_initial():
    sent, fresh = Busy(QueryDict("text=ja")), Busy(initial={"text": "mula"})

    assert str(sent["text"]) == str(Plain(QueryDict("text=ja"))["text"])
    assert (fresh["text"].value(), fresh["choice"].value()) == ("mula", "a")
    assert not fresh.is_bound


def test_fields_are_shared_but_not_which_there_are():
    one, other = Busy(QueryDict("text=ja")), Busy(QueryDict("text=no"))
    del one.fields["text"]

    assert one.is_valid()
    assert not other.is_valid()
    assert one.fields["token"] is other.fields["token"]
    assert Busy(QueryDict(f"text=x&token={UUID(int=1)}")).is_valid()
