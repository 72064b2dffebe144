using OrchardCore.DisplayManagement.Manifest;

[assembly: Theme(
    Name = "Harbour",
    BaseTheme = "Quay",
    Version = "1.0.0",
    Tags = ["Blog"])]
