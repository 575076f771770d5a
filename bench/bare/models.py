"""Entries with pictures, by somebody, in a list."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    journal = models.IntegerField(db_index=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    words = models.TextField()
    areas = models.CharField(max_length=200)
    dated_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-dated_at"]

    def __str__(self):
        return f"entry {self.pk}"


class Picture(models.Model):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="pictures")
    words = models.CharField(max_length=200)
    width = models.IntegerField()
    height = models.IntegerField()

    def __str__(self):
        return f"picture {self.pk}"
