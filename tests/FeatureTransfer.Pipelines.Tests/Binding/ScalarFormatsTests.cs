using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Tests.Binding;

/// <summary>Single values: what is read, what is refused in which words, what is written, and the schema.</summary>
public class ScalarFormatsTests
{
    private enum Weather
    {
        Sunny,
        VeryCloudy,
    }

    [TestCase("\"a\"", "a")]
    [TestCase("\"\"", "$: expected a string that is not empty, found the string \"\"")]
    [TestCase("3", "$: expected a string that is not empty, found the number 3")]
    [TestCase("true", "$: expected a string that is not empty, found true")]
    [TestCase("false", "$: expected a string that is not empty, found false")]
    [TestCase("[]", "$: expected a string that is not empty, found an array")]
    [TestCase("null", "$: expected a string that is not empty, found null")]
    public void Text_Value_IsReadOrRefused(string json, string expected) => Assert.That(Formats.Read(new TextFormat(), json), Is.EqualTo(expected));

    [TestCase("\"\"", "")]
    [TestCase("{}", "$: expected a string, found an object")]
    public void Text_EmptyAllowed_IsReadOrRefused(string json, string expected) => Assert.That(Formats.Read(new TextFormat(allowEmpty: true), json), Is.EqualTo(expected));

    [Test]
    public void Text_Written_DoesNotReadTheEnvironment() => Assert.That(Formats.Json(new TextFormat(), "a${HOME}"), Is.EqualTo("\"a$${HOME}\""));

    [TestCase("true", true)]
    [TestCase("false", false)]
    [TestCase("\"true\"", "$: expected true or false, found the string \"true\"")]
    public void Boolean_Value_IsReadOrRefused(string json, object expected) => Assert.That(Formats.Read(new BooleanFormat(), json), Is.EqualTo(expected));

    [TestCase("2", 2)]
    [TestCase("5", 5)]
    [TestCase("1", "$: expected a whole number from 2 to 5, found the number 1")]
    [TestCase("6", "$: expected a whole number from 2 to 5, found the number 6")]
    [TestCase("2.5", "$: expected a whole number from 2 to 5, found the number 2.5")]
    [TestCase("\"3\"", "$: expected a whole number from 2 to 5, found the string \"3\"")]
    public void Integer_Value_IsReadOrRefused(string json, object expected) => Assert.That(Formats.Read(new IntegerFormat(2, 5), json), Is.EqualTo(expected));

    [TestCase(int.MinValue, int.MaxValue, "a whole number", """{"type":"integer"}""")]
    [TestCase(-3, int.MaxValue, "a whole number of at least -3", """{"type":"integer","minimum":-3}""")]
    [TestCase(-3, 4, "a whole number from -3 to 4", """{"type":"integer","minimum":-3,"maximum":4}""")]
    public void Integer_Range_StandsInWordsAndSchema(int minimum, int maximum, string words, string schema) =>
        Check(new IntegerFormat(minimum, maximum), words, schema, 3, "3");

    [Test]
    public void Integer_Unsigned_IsNeverBelowZero() =>
        Check(new WholeNumberFormat<ulong>(0, ulong.MaxValue), "a whole number", """{"type":"integer","minimum":0}""", 7UL, "7");

    [TestCase("0", 0.0)]
    [TestCase("1e-1", 0.1)]
    [TestCase("1", 1.0)]
    [TestCase("-0.1", "$: expected a number from 0 to 1, found the number -0.1")]
    [TestCase("1.01", "$: expected a number from 0 to 1, found the number 1.01")]
    [TestCase("\"1\"", "$: expected a number from 0 to 1, found the string \"1\"")]
    public void Number_Value_IsReadOrRefused(string json, object expected) => Assert.That(Formats.Read(new NumberFormat(0, 1), json), Is.EqualTo(expected));

    [TestCase("0.99", 0.99)]
    [TestCase("1", "$: expected a number from 0 to below 1, found the number 1")]
    public void Number_MaximumExcluded_IsReadOrRefused(string json, object expected) =>
        Assert.That(Formats.Read(new NumberFormat(0, 1, maximumExcluded: true), json), Is.EqualTo(expected));

    [Test]
    public void Number_BeyondDoublePrecision_IsRefused() =>
        Assert.That(Formats.Read(new NumberFormat(0, double.PositiveInfinity), "1e999"), Is.EqualTo("$: expected a number of at least 0, found the number 1e999"));

    [TestCase(double.NegativeInfinity, double.PositiveInfinity, false, "a number", """{"type":"number"}""")]
    [TestCase(0, double.PositiveInfinity, false, "a number of at least 0", """{"type":"number","minimum":0}""")]
    [TestCase(0, 2, false, "a number from 0 to 2", """{"type":"number","minimum":0,"maximum":2}""")]
    [TestCase(0, 2, true, "a number from 0 to below 2", """{"type":"number","minimum":0,"exclusiveMaximum":2}""")]
    public void Number_Range_StandsInWordsAndSchema(double minimum, double maximum, bool excluded, string words, string schema) =>
        Check(new NumberFormat(minimum, maximum, excluded), words, schema, 0.1, "0.1");

    [Test]
    public void Single_Value_IsReadAndWrittenWithItsOwnDigits()
    {
        Assert.That(Formats.Read(new SingleFormat(0), "0.1"), Is.EqualTo(0.1f));
        Assert.That(Formats.Read(new SingleFormat(0), "-1"), Is.EqualTo("$: expected a number of at least 0, found the number -1"));
        Check(new SingleFormat(), "a number", """{"type":"number"}""", 0.1f, "0.1");
    }

    [TestCase("\"sunny\"", Weather.Sunny)]
    [TestCase("\"VERYCLOUDY\"", Weather.VeryCloudy)]
    [TestCase("\"veryClody\"", "$: \"veryClody\" is not known, did you mean \"veryCloudy\"; expected one of sunny, veryCloudy")]
    [TestCase("\"x\"", "$: \"x\" is not known; expected one of sunny, veryCloudy")]
    [TestCase("1", "$: expected one of sunny, veryCloudy, found the number 1")]
    public void Enum_Value_IsReadOrRefused(string json, object expected) => Assert.That(Formats.Read(new EnumFormat<Weather>(), json), Is.EqualTo(expected));

    [Test]
    public void EnumTextAndBoolean_StandInWordsAndSchema()
    {
        Check(new EnumFormat<Weather>(), "one of sunny, veryCloudy", """{"enum":["sunny","veryCloudy"]}""", Weather.VeryCloudy, "\"veryCloudy\"");
        Check(new TextFormat(), "a string that is not empty", """{"type":"string","minLength":1}""", "a", "\"a\"");
        Check(new TextFormat(allowEmpty: true), "a string", """{"type":"string"}""", "", "\"\"");
        Check(new BooleanFormat(), "true or false", """{"type":"boolean"}""", true, "true");
    }

    private static void Check<T>(ValueFormat<T> format, string words, string schema, T value, string json)
    {
        Assert.That(format.Expected, Is.EqualTo(words));
        Assert.That(format.Schema().ToJsonString(), Is.EqualTo(schema));
        Assert.That(Formats.Json(format, value), Is.EqualTo(json));
    }
}
