"""Classes: several rooms under one code, with the people who are dealt to them and the hosts who lead them."""
