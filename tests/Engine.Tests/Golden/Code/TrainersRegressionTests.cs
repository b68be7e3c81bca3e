namespace Engine.Tests.Golden.Code;

/// <summary>The cases of these trainers that are C# code.</summary>
[TestFixture]
public class TrainersRegressionTests() : CodeCases("trainers-regression")
{
    [TestCase("options-defaults")]
    public void OptionsDefaults_Code_Agrees(string id) => Agree(id, (_, expected) => OptionsDefaults.Differences(expected));
}
