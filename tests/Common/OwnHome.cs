/// <summary>Gives the tests a home of their own, so that they neither read nor leave anything in the user's.</summary>
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
