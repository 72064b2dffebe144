[assembly: Theme(Name = "Quay", Version = "1.0.0", Description = "What the themes of a harbour share")]
