// Reads a JSON list of texts from stdin and prints, for each, the objects that kubectl would read from it, or why it
// refuses it.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

// Kubectl takes what it decodes as bytes of JSON first, whatever their type will be.
type object struct{ json []byte }

func (o *object) UnmarshalJSON(text []byte) error {
	o.json = append([]byte(nil), text...)
	return nil
}

type verdict struct {
	Objects []json.RawMessage `json:"objects"`
	Refused string            `json:"refused,omitempty"`
}

func read(text string) verdict {
	found := verdict{Objects: []json.RawMessage{}}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var next object
		err := decoder.Decode(&next)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			found.Refused = err.Error()
			return found
		}
		if value := strings.TrimSpace(string(next.json)); value != "" && value != "null" {
			found.Objects = append(found.Objects, json.RawMessage(value))
		}
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&texts); err != nil {
		panic(err)
	}
	verdicts := make([]verdict, 0, len(texts))
	for _, text := range texts {
		verdicts = append(verdicts, read(text))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(verdicts); err != nil {
		panic(err)
	}
}
