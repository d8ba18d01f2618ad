"""Colours that everybody can tell apart (Okabe and Ito, 2008), for PNG and page alike."""

WALKS = ("#D55E00", "#0072B2", "#CC79A7")
CURVE = "#D55E00"
BAND = "#0072B2"
START = "#FFFFFF"
SURFACE = "Viridis"
