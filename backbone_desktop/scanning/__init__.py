"""Makes pages of what scanners, telephones and document cameras give: file or bytes in, a fit picture out."""
