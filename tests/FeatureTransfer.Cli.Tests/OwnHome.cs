/// <summary>Gives the tests a cache of their own, which they leave empty.</summary>
[SetUpFixture]
public class OwnHome
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-home-").FullName;
    private string? _before;

    [OneTimeSetUp]
    public void Set()
    {
        _before = Environment.GetEnvironmentVariable("FT_HOME");
        Environment.SetEnvironmentVariable("FT_HOME", _folder);
    }

    [OneTimeTearDown]
    public void Restore()
    {
        Environment.SetEnvironmentVariable("FT_HOME", _before);
        Directory.Delete(_folder, recursive: true);
    }
}
