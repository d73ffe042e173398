"""Request bodies to drafts: one file per form."""
