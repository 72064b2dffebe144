[assembly: Theme(Name = "Leaf", BaseTheme = "Stem", Version = "1.0.0")]
