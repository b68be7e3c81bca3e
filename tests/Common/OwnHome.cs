/// <summary>Gives the tests a home and a temporary folder of their own, so that they neither read nor leave anything in the user's.</summary>
[SetUpFixture]
public class OwnHome
{
    private static readonly string[] _temporary = ["TMPDIR", "TMP", "TEMP"];
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-tests-").FullName;
    private readonly Dictionary<string, string?> _before = [];

    [OneTimeSetUp]
    public void Set()
    {
        Set("FT_HOME", "home");
        foreach (var variable in _temporary)
            Set(variable, "temp");
    }

    [OneTimeTearDown]
    public void Restore()
    {
        foreach (var (variable, value) in _before)
            Environment.SetEnvironmentVariable(variable, value);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that has not quite ended still holds a file.
        }
    }

    private void Set(string variable, string folder)
    {
        _before[variable] = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName);
    }
}
